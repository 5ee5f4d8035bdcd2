import { expect, it } from 'vitest';
import { RateMeter } from '../../../native-models/hub/index.ts';

it('measures bytes per second over the last seconds, and the time that is left', () => {
  const meter = new RateMeter();
  expect(meter.measure(0, 10_000, 0)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  expect(meter.measure(1_000, 10_000, 1_000)).toEqual({ bytesPerSecond: 1_000, secondsLeft: 9 });
  for (let at = 2; at <= 20; at++)
    meter.measure(at < 12 ? at * 100 + 900 : 2_000 + (at - 11) * 400, 10_000, at * 1_000);
  expect(meter.measure(6_000, 10_000, 21_000)).toEqual({ bytesPerSecond: 400, secondsLeft: 10 });
  expect(meter.measure(0, 10_000, 22_000).bytesPerSecond).toBeNull();
  expect(new RateMeter().measure(5, 5, 0).secondsLeft).toBeNull();
});
