import { describe, expect, it } from 'vitest';
import { FIRST_JOINT, jointText, readJoint } from '../../../renderer/state/joint-view.ts';

describe('the joint view in an address', () => {
  it('leaves out what is as at first', () => {
    expect(jointText(FIRST_JOINT)).toBe('');
    expect(readJoint('')).toEqual(FIRST_JOINT);
  });

  it('comes back as it was', () => {
    const rest = { method: 'tsne', components: 3, colour: 'sentence', fit: null } as const;
    const view = { shift: false, rescale: false, ...rest };
    expect(readJoint(jointText(view))).toEqual(view);
  });

  it('reads what is unknown as if it were left out', () => {
    expect(readJoint('4d mds unshifted purple')).toEqual({ ...FIRST_JOINT, shift: false });
  });
});
