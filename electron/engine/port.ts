/** The engine's end of the line to its host: Electron's `parentPort`, or the channel of a forked Node process. */
import type { EngineMessage, HostMessage } from '../host/messages.ts';

export interface HostPort {
  send(message: EngineMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
}

/** Electron adds this to `process` in a utility process; declared here so that the engine does not depend on Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** @throws Error when the process was started by hand, without a host */
export function hostPort(): HostPort {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data as HostMessage)),
    };
  }
  if (process.send === undefined) {
    throw new Error('The engine is started by Headlight itself: npm start, or npm run headlight -- serve.');
  }
  // Ctrl-C reaches the whole process group, but the host decides when the engine ends.
  process.on('SIGINT', () => undefined);
  // ONNX Runtime's teardown can abort; nothing is left to do when the host is gone.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', (message) => listener(message as HostMessage)),
  };
}
