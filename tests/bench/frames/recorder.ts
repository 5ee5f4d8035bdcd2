/** Frame times and script time of a page while a person's gestures are played to it. */
import type { CDPSession, Page } from '@playwright/test';
import { median } from '../task.ts';

export interface Frames {
  /** Frames in which a gesture arrived; the others cost nothing and would flatter. */
  readonly frames: number;
  /** Milliseconds from one frame to the next. */
  readonly median: number;
  readonly worst: number;
  /** Milliseconds of script for each gesture that arrived, of everything the page ran meanwhile. */
  readonly script: number;
}

interface Recorded {
  readonly frames: number[];
  readonly inputs: number[];
}

/** Plays `act` and measures what the page does with it. @throws Error when no gesture reached the page */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.evaluate(RECORD);
  const before = await scriptSeconds(cdp);
  await act();
  const script = 1000 * ((await scriptSeconds(cdp)) - before);
  const { frames, inputs } = await page.evaluate(() =>
    (window as unknown as { endRecording: () => Recorded }).endRecording(),
  );
  await cdp.detach();
  const lengths = frames.slice(1).flatMap((end, at) => {
    const start = frames[at] ?? end;
    return inputs.some((input) => input > start && input <= end) ? [end - start] : [];
  });
  if (lengths.length === 0) throw new Error('no gesture reached the page');
  return {
    frames: lengths.length,
    median: median(lengths),
    worst: Math.max(...lengths),
    script: script / inputs.length,
  };
}

async function scriptSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN;
}

/**
 * Runs in the page: notes when frames begin and when gestures arrive, until `endRecording` is called. As text, because what
 * compiles our files may add calls of its own helpers, which the page does not have.
 */
const RECORD = `(() => {
  const [frames, inputs, gestures] = [[], [], ['pointermove', 'wheel']];
  const note = () => void inputs.push(performance.now());
  for (const gesture of gestures) window.addEventListener(gesture, note, { capture: true, passive: true });
  const tick = () => {
    frames.push(performance.now());
    request = requestAnimationFrame(tick);
  };
  let request = requestAnimationFrame(tick);
  window.endRecording = () => {
    cancelAnimationFrame(request);
    for (const gesture of gestures) window.removeEventListener(gesture, note, { capture: true });
    return { frames, inputs };
  };
})()`;

/** Turns the wheel in and out again at a place. */
export async function zoom(page: Page, { x, y }: { x: number; y: number }, steps: number): Promise<void> {
  await page.mouse.move(x, y);
  for (let step = 0; step < steps; step += 1) await page.mouse.wheel(0, step < steps / 2 ? -60 : 60);
}

/** Drags to and fro with the button down. */
export async function pan(page: Page, { x, y }: { x: number; y: number }, steps: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < steps; step += 1) {
    const turn = (2 * Math.PI * step) / steps;
    await page.mouse.move(x + 90 * Math.sin(turn), y + 60 * Math.sin(2 * turn));
  }
  await page.mouse.up();
}

/** Moves over a box from corner to corner, a little further each time. */
export async function hover(
  page: Page,
  box: { x: number; y: number; width: number; height: number },
  steps: number,
): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    const along = (step + 0.5) / steps;
    await page.mouse.move(box.x + box.width * along, box.y + box.height * (0.1 + 0.8 * along));
  }
}
