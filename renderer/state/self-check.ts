/** Asks both processes behind the window what they find; the engine tests every device, which may take seconds. */
import type { SelfCheck } from '../../electron/api/index.ts';
import type { Client } from '../client/client.ts';

/** @param userAgent the browser's own words; they are left out in Electron, which names its versions itself @throws ApiError */
export async function checkMachine(client: Client, userAgent: string): Promise<SelfCheck> {
  const [host, engine] = await Promise.all([client.call('host.selfCheck', {}), client.call('engine.selfCheck', {})]);
  return { host, engine, browser: host.kind === 'electron' ? null : userAgent };
}
