import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../electron/api/index.ts';
import { provenanceJson } from '../../../renderer/export/provenance.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import type { Station } from '../../../renderer/state/stations.ts';
import { provenanceOf } from '../../../renderer/views/provenance.ts';
import { openedModel, runResult, tokensOf } from '../support.ts';

const KNOCKED_OUT: Intervention = { kind: 'head', site: { stack: 'decoder', layer: 1, head: 2 }, factor: 0 };

function frameOf(station: Station, change: Partial<Frame> = {}): Frame {
  const selection = { ...FIRST_SELECTION, station, layer: 1, head: 2, query: 9 };
  const run = runResult('t', tokensOf('it', 'was'));
  return {
    run,
    model: openedModel(),
    input: { text: 'it was' },
    interventions: [],
    selection,
    matrices: [],
    ...change,
  };
}

describe('provenanceOf', () => {
  it('says from which text, model and place the numbers are', () => {
    expect(JSON.parse(provenanceJson(provenanceOf(frameOf('pattern'), '1.2')))).toEqual({
      application: 'Headlight',
      version: '1.2',
      figure: 'heatmap',
      model: 'tiny',
      text: 'it was',
      stack: 'decoder',
      site: 'self',
      layer: 1,
      head: 2,
      stage: 'pattern',
      device: 'cpu',
    });
  });

  it('has the changes that the numbers were made with, in order, and only where there are any', () => {
    const unscaled: Intervention = { kind: 'scale', site: {}, factor: 1 };
    const interventions = [KNOCKED_OUT, unscaled];
    expect(provenanceOf(frameOf('pattern', { interventions }), '').interventions).toEqual(interventions);
    expect(provenanceJson(provenanceOf(frameOf('pattern'), ''))).not.toContain('interventions');
  });

  it('has the second sentence where the model takes one', () => {
    const input = { text: 'a', pair: 'b' };
    expect(provenanceOf(frameOf('pattern', { input }), '').pair).toBeUndefined();
    expect(provenanceOf(frameOf('pattern', { input, model: openedModel({ takesPair: true }) }), '').pair).toBe('b');
    const blank = { text: 'a', pair: '  ' };
    expect(
      provenanceOf(frameOf('pattern', { input: blank, model: openedModel({ takesPair: true }) }), '').pair,
    ).toBeUndefined();
  });

  it('says whose computation a walk is, and in which layer it stands', () => {
    expect(provenanceOf(frameOf('embedding'), '', { query: 1 })).toMatchObject({ figure: 'walk', query: 1, layer: 1 });
    expect(provenanceOf(frameOf('output'), '', { query: 1 })).toMatchObject({ figure: 'walk', head: 2 });
    expect(provenanceOf(frameOf('output'), '').head).toBeUndefined();
    expect(provenanceOf(frameOf('embedding'), '').layer).toBeUndefined();
  });

  it('says which runs are compared', () => {
    const changed = frameOf('pattern', { interventions: [KNOCKED_OUT] });
    expect(provenanceOf(changed, '', { query: null, runs: 'both' }).runs).toBe('both');
    expect(provenanceJson(provenanceOf(changed, ''))).not.toContain('"runs"');
  });
});
