/** Run as a process with the WebGPU driver's variables set: prints one line of JSON with what the device did not reproduce. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compareFixture, goldenCases, openFixture, TINY } from './fixtures.ts';

process.env['HEADLIGHT_STATE'] = mkdtempSync(path.join(tmpdir(), 'headlight-state-'));

const wrong: string[] = [];
let compared = 0;
let device = '';
for (const name of TINY) {
  const model = await openFixture(name, 'webgpu');
  device = model.device.id;
  const result = await compareFixture(model, goldenCases(name), { atol: 1e-3, rtol: 1e-3 });
  wrong.push(...result.wrong);
  compared += result.compared;
}
process.stdout.write(`${JSON.stringify({ device, compared, wrong })}\n`, () => process.kill(process.pid, 'SIGKILL'));
