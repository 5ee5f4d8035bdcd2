/** `headlight self-check`: devices, versions, folders and the bundled models, as the app's own self-check shows them. */
import { checkBundledModels, disposeCore, probeDevices, runtimeVersion } from '../../../native-models/index.ts';
import { cachePlace } from '../../../native-models/hub/index.ts';
import { selfCheck as catalogue } from '../../../renderer/i18n/en/self-check.ts';
import { checkData, checkReport, isWell } from '../../../renderer/view-models/self-check.ts';
import type { SelfCheck } from '../../api/self-check.ts';
import { checkEngine } from '../../engine/self-check.ts';
import { CACHE_VARIABLE } from '../../host/cache-folder.ts';
import { checkHost } from '../../host/self-check.ts';
import { settingsFolder } from '../../host/settings-folder.ts';
import type { Command } from '../command.ts';
import { library } from '../models.ts';

export const selfCheckCommand: Command = {
  options: { json: { help: 'the same as JSON' } },
  examples: ['', '--json'],
  run: async (values, output) => {
    const check = await selfCheck();
    if (values.flag('json')) output.write(`${JSON.stringify(checkData(check), null, 2)}\n`);
    else output.write(checkReport(check, words));
    if (!isWell(check)) throw new Error('something needs attention; see the devices and the bundled models above.');
  },
};

async function selfCheck(): Promise<SelfCheck> {
  const { folders, env } = await library();
  const { folder, from } = cachePlace(env);
  const cacheFrom = from === CACHE_VARIABLE && !process.env[CACHE_VARIABLE] ? 'setting' : from;
  const host = await checkHost({ kind: 'cli', settings: settingsFolder(), logs: null, cache: folder, cacheFrom });
  try {
    const engine = await checkEngine({ checkBundledModels, probeDevices, runtimeVersion }, folders);
    return { host, engine, browser: null };
  } finally {
    await disposeCore();
  }
}

/** The app's English words; no key here counts things. */
function words(key: string, values: Record<string, string | number> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((place, part) => (place as Record<string, unknown> | undefined)?.[part], catalogue);
  if (typeof found !== 'string') throw new Error(`invalid key: ${key}`);
  return found.replaceAll(/\{\{(\w+)\}\}/gu, (_all, name: string) => String(values[name] ?? ''));
}
