import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../electron/api/index.ts';
import { Values } from '../../../electron/cli/command.ts';
import { readInterventions } from '../../../electron/cli/interventions.ts';
import { keptAlone } from '../../../renderer/view-models/what-if-edit.ts';
import { commandForms, commandLine } from '../../../renderer/view-models/what-if-command.ts';

const STACKS = [{ name: 'decoder', layers: 2 }] as const;
const LAYER = { stack: 'decoder', layer: 1 } as const;
const HEAD = { ...LAYER, head: 2 } as const;

/** What the command line itself makes of some options. */
function read(options: string): readonly Intervention[] {
  const parts = options.split(' ');
  const pairs = Array.from({ length: parts.length / 2 }, (_, at) => ({
    name: parts[2 * at]!.slice(2),
    value: parts[2 * at + 1]!,
  }));
  return readInterventions(new Values({}, pairs)) as Intervention[];
}

const LISTS: Record<string, Intervention[]> = {
  'a head, a layer and the whole model knocked out': [
    { kind: 'head', site: HEAD, factor: 0 },
    { kind: 'head', site: LAYER, factor: 0 },
  ],
  'a head kept alone': [...keptAlone(HEAD)],
  'two heads kept, and then one knocked out': [
    ...keptAlone(HEAD),
    { kind: 'head', site: { ...LAYER, head: 0 }, factor: 1 },
    { kind: 'head', site: HEAD, factor: 0 },
  ],
  'a scale with all its digits': [
    { kind: 'scale', site: HEAD, factor: 1 / 3 },
    { kind: 'scale', site: {}, factor: 1e-7 },
    { kind: 'scale', site: LAYER, factor: 1 },
  ],
  masks: [
    { kind: 'mask', site: HEAD, query: 4, key: 2, visible: false },
    { kind: 'mask', site: {}, query: 2, key: 4, visible: true },
  ],
  patterns: [
    { kind: 'pattern', site: LAYER, pattern: 'uniform' },
    { kind: 'pattern', site: {}, pattern: 'first' },
  ],
};

describe('commandForms', () => {
  it.each(Object.entries(LISTS))('%s: the command line reads it back as it was', (_, list) => {
    const { text, missing } = commandLine(commandForms(list, STACKS));
    expect(missing).toBe(0);
    expect(read(text)).toEqual(list);
  });

  it('knocks out a whole model layer by layer', () => {
    const [form] = commandForms([{ kind: 'head', site: {}, factor: 0 }], STACKS);
    expect(form?.text).toBe('--ablate decoder.0.self --ablate decoder.1.self');
  });

  it('says a kept head on the line of its layer', () => {
    expect(commandForms(keptAlone(HEAD), STACKS)).toEqual([
      { text: '--keep decoder.1.self:2', joined: false },
      { text: null, joined: true },
    ]);
  });

  it('has no form for drawn rows, for strengths, and for a head at full strength by itself', () => {
    const forms = commandForms(
      [
        { kind: 'pattern', site: HEAD, pattern: [{ query: 0, weights: [1] }] },
        { kind: 'head', site: HEAD, factor: 0.5 },
        { kind: 'head', site: HEAD, factor: 1 },
      ],
      STACKS,
    );
    expect(commandLine(forms)).toEqual({ text: '', missing: 3 });
  });
});
