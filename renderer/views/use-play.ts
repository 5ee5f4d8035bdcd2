/** Playing the walk: the stations follow each other until the end, or until the user does anything. */
import { useEffect } from 'react';
import { stationsOf } from '../state/worked-example.ts';
import { stepStation } from '../state/stations.ts';
import { useApp, useServices } from './context.tsx';
import type { AppServices } from './context.tsx';

/** How long a station stays, in milliseconds: time to read its two or three sentences once. */
export const PLAY_MS = 6000;
/** Marks the button that plays and pauses, which is no other action of the user. */
export const PLAY_CONTROL = 'data-play';

/** Elements with a use of their own for the space bar. */
const OWN_SPACE = 'button, a, input, textarea, select, [contenteditable], [role=gridcell], [role=grid], [role=option]';

/** True where the space bar means play or pause. */
export function spaceIsFree(target: EventTarget | null): boolean {
  return !(target instanceof Element) || target.closest(OWN_SPACE) === null;
}

/** Starts at the next station, or at the first one when the last is shown; or pauses. */
export function togglePlay({ store, session }: AppServices): void {
  const { walk, selection, covered, run } = store.getState();
  if (walk.playing || run.result === null) {
    session.setWalk({ playing: false });
    return;
  }
  const among = stationsOf(covered !== null);
  const next = stepStation(selection.station, 1, among);
  session.select({ station: next === selection.station ? (among[0] ?? next) : next });
  session.setWalk({ playing: true });
}

/** Keeps the walk going while it plays. For one place in the window. */
export function usePlay(): void {
  const { store, session } = useServices();
  const playing = useApp((state) => state.walk.playing);
  const station = useApp((state) => state.selection.station);
  useEffect(() => {
    if (!playing) return undefined;
    const among = stationsOf(store.getState().covered !== null);
    const next = stepStation(station, 1, among);
    const timer = setTimeout(() => {
      if (next === station) session.setWalk({ playing: false });
      else session.select({ station: next });
    }, PLAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [playing, station, store, session]);
  useEffect(() => {
    if (!playing) return undefined;
    const stop = (event: Event): void => {
      const target = event.target instanceof Element ? event.target : null;
      const onControl = target?.closest(`[${PLAY_CONTROL}]`) != null;
      if (event instanceof KeyboardEvent) {
        if (onControl ? [' ', 'Enter'].includes(event.key) : event.key === ' ' && spaceIsFree(target)) return;
      } else if (onControl) return;
      session.setWalk({ playing: false });
    };
    for (const kind of ['keydown', 'pointerdown', 'wheel']) document.addEventListener(kind, stop, true);
    return () => {
      for (const kind of ['keydown', 'pointerdown', 'wheel']) document.removeEventListener(kind, stop, true);
    };
  }, [playing, session]);
}
