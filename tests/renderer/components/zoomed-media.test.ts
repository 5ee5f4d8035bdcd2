import { expect, it } from 'vitest';
import { zoomedQuery } from '../../../renderer/components/zoomed-media.ts';

it('breakpoints grow with the type; what is no length stays', () => {
  expect(zoomedQuery('(max-width: 1099px)', 1.5)).toBe('(max-width: 1648.5px)');
  expect(zoomedQuery('(min-width: 800px) and (max-height: 799px)', 2)).toBe(
    '(min-width: 1600px) and (max-height: 1598px)',
  );
  expect(zoomedQuery('(prefers-reduced-motion: reduce)', 2)).toBe('(prefers-reduced-motion: reduce)');
});
