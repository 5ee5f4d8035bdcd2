import { describe, expect, it } from 'vitest';
import { KeptWork } from '../../../electron/engine/kept-work.ts';
import type { Stepwise } from '../../../native-models/index.ts';

/** Work of `parts` steps that notes what it does. */
class Counting implements Stepwise<string> {
  done = 0;
  readonly #parts: number;
  readonly #log: string[];

  constructor(parts: number, log: string[]) {
    this.#parts = parts;
    this.#log = log;
  }

  get fraction(): number {
    return this.done / this.#parts;
  }

  async step(): Promise<string | null> {
    this.#log.push('begin');
    await Promise.resolve();
    this.done++;
    this.#log.push('end');
    return this.done < this.#parts ? null : `${this.#parts} parts`;
  }
}

const silent = () => undefined;

describe('KeptWork', () => {
  it('does one part a request, one after the other, and answers at once when all is done', async () => {
    const log: string[] = [];
    const kept = new KeptWork<object, string, Counting>(1);
    const owner = {};
    const ask = () => kept.advance(owner, '', () => new Counting(2, log), silent);
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ result }) => result)).toEqual([null, '2 parts', '2 parts']);
    expect(log).toEqual(['begin', 'end', 'begin', 'end']);
  });

  it('tells the share that is done before each part, and nothing of parts that are not', async () => {
    const kept = new KeptWork<object, string, Counting>(1);
    const fractions: number[] = [];
    const owner = {};
    for (let asked = 0; asked < 4; asked++) {
      await kept.advance(
        owner,
        '',
        () => new Counting(2, []),
        (fraction) => fractions.push(fraction),
      );
    }
    expect(fractions).toEqual([0, 0.5]);
  });

  it('keeps the questions that were asked last, and those of each owner apart', async () => {
    let started = 0;
    const kept = new KeptWork<object, string, Counting>(2);
    const [owner, other] = [{}, {}];
    const ask = async (who: object, question: string) => {
      const before = started;
      await kept.advance(who, question, () => (started++, new Counting(1, [])), silent);
      return started > before;
    };
    expect([await ask(owner, 'a'), await ask(owner, 'b'), await ask(other, 'a')]).toEqual([true, true, true]);
    expect([await ask(owner, 'a'), await ask(owner, 'c')]).toEqual([false, true]);
    expect([await ask(owner, 'a'), await ask(other, 'a'), await ask(owner, 'b')]).toEqual([false, false, true]);
  });

  it('starts anew after a failure', async () => {
    const kept = new KeptWork<object, string, Counting>(1);
    const owner = {};
    const failing = () => Object.assign(new Counting(1, []), { step: () => Promise.reject(new Error('no memory')) });
    await expect(kept.advance(owner, '', failing, silent)).rejects.toThrow('no memory');
    expect((await kept.advance(owner, '', () => new Counting(1, []), silent)).result).toBe('1 parts');
  });
});
