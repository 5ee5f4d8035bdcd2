/** Which of a toolbar's places a key leads to: one stop of the page, in which arrows, Home and End move. */
import type { KeyboardEvent } from 'react';

/**
 * @param places in their order
 * @param stop the place that has the focus
 * @returns null for a key that moves nothing, with a modifier, or without places
 */
export function toolbarGoal(
  { key, altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>,
  places: readonly number[],
  stop: number,
): number | null {
  const at = places.indexOf(stop);
  const goals: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: places.length - 1 };
  const goal = goals[key];
  if (goal === undefined || altKey || ctrlKey || metaKey) return null;
  return places[Math.max(0, Math.min(places.length - 1, goal))] ?? null;
}
