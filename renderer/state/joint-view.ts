/** How queries and keys are shown together, and what the projection was fitted on; kept while other views are looked at. */
import type { Token } from '../../electron/api/index.ts';
import { METHODS } from '../projection/types.ts';
import type { Method, Points } from '../projection/types.ts';

export const JOINT_COLOURS = ['kind', 'position', 'token', 'sentence'] as const;
export type JointColour = (typeof JOINT_COLOURS)[number];

/** Queries and keys of one head, of some sentences. */
export interface JointSet {
  /** Which model, layer and head, in words for a program; `key`: of which runs, too. */
  readonly place: string;
  readonly key: string;
  /** The sentence that is typed comes first. */
  readonly sentences: readonly JointSentence[];
  /** [tokens of all sentences, d_head], sentence after sentence. */
  readonly queries: Points;
  readonly keys: Points;
}

export interface JointSentence {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Where its tokens begin among those of all sentences. */
  readonly first: number;
  /** [tokens, tokens]: the model's own softmax weights. */
  readonly pattern: Float32Array;
  /** [tokens, tokens], 1: the query may attend to the key. */
  readonly sees: Uint8Array;
}

export interface JointView {
  readonly shift: boolean;
  readonly rescale: boolean;
  readonly method: Method;
  readonly components: 2 | 3;
  readonly colour: JointColour;
  /** What shift, scale and PCA were found from; sentences that are typed later are projected with them. */
  readonly fit: JointSet | null;
}

export const FIRST_JOINT: JointView = {
  shift: true,
  rescale: true,
  method: 'pca',
  components: 2,
  colour: 'kind',
  fit: null,
};

/** As a part of the address: the settings that are not as at first. */
export function jointText({ shift, rescale, method, components, colour }: JointView): string {
  const parts = [!shift && 'unshifted', !rescale && 'unscaled', method !== 'pca' && method, components === 3 && '3d'];
  return [...parts, colour !== 'kind' && colour].filter(Boolean).join(' ');
}

/** What is unknown in it is read as if it were left out. */
export function readJoint(text: string): JointView {
  const parts = text.split(' ');
  return {
    shift: !parts.includes('unshifted'),
    rescale: !parts.includes('unscaled'),
    method: METHODS.find((each) => parts.includes(each)) ?? FIRST_JOINT.method,
    components: parts.includes('3d') ? 3 : 2,
    colour: JOINT_COLOURS.find((each) => parts.includes(each)) ?? FIRST_JOINT.colour,
    fit: null,
  };
}
