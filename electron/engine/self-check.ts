/** The engine's part of the self-check: devices, bundled models, and the folders that models are looked for in. */
import type { EngineCheck } from '../api/self-check.ts';
import { checkFolder } from '../host/self-check.ts';
import type { Backend } from './backend.ts';

type CheckingBackend = Pick<Backend, 'probeDevices' | 'checkBundledModels' | 'runtimeVersion'>;

/**
 * @param folders the user's folders with models
 * @param onStage told when the devices' turn comes
 */
export async function checkEngine(
  backend: CheckingBackend,
  folders: readonly string[],
  onStage: (stage: 'self-test') => void = () => undefined,
): Promise<EngineCheck> {
  const { folder, checks } = await backend.checkBundledModels();
  onStage('self-test');
  const devices = await backend.probeDevices();
  const places = [checkFolder('bundled', folder), ...folders.map((own) => checkFolder('models', own))];
  return {
    onnxruntime: backend.runtimeVersion(),
    devices: devices.map((device) => ({ ...device })),
    bundled: checks.map((check) => ({ ...check })),
    folders: await Promise.all(places),
  };
}
