/** What went wrong, for a bug report: in files on this machine, sent nowhere. No text of the user's is written. */
import { app, crashReporter, shell } from 'electron';

import { openLog, type Log } from '../host/log-file.ts';
import type { Supervisor } from '../host/supervisor.ts';

/** Before `ready`: crash dumps stay in the app's own folder, and the log begins. */
export function setupLogs(): Log {
  crashReporter.start({ uploadToServer: false });
  const log = openLog(app.getPath('logs'), 'main');
  const { electron, chrome, node } = process.versions;
  const versions = `Electron ${electron}, Chromium ${chrome}, Node ${node}`;
  log.write('info', `Headlight ${app.getVersion()} starts: ${versions}, ${process.platform} ${process.arch}`);
  // The monitor sees what will end the process and changes nothing about it.
  process.on('uncaughtExceptionMonitor', (error) => log.write('error', error.stack ?? error.message));
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    log.write('error', `The window's process is gone: ${reason}, exit code ${exitCode}`);
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.write('warning', `A process of Electron is gone: ${type}, ${reason}, exit code ${exitCode}`);
  });
  return log;
}

/** Writes down each start and end of the engine, with the reason. */
export function logEngine(supervisor: Supervisor, log: Log): void {
  supervisor.subscribe({
    onEngine: ({ state, cause, reason, restarts }) => {
      const level = cause === 'crashed' || cause === 'gave-up' ? 'error' : 'info';
      const why = [cause, reason].filter((part) => part !== null).join(': ');
      log.write(level, `Engine ${state}${why === '' ? '' : ` (${why})`}, ${restarts} restarts`);
    },
  });
}

/** Shows the logs in the system's file manager. */
export function openLogs(): void {
  void shell.openPath(app.getPath('logs'));
}
