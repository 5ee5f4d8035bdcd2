/** Notes what is used as it is used: a text once it stood still, a model once it is open. */
import type { StoreApi } from 'zustand/vanilla';
import type { AppStore } from './app-state.ts';
import type { History } from './history.ts';
import type { Settings } from './settings.ts';

/** A text counts when nothing was typed for so long after its run, in milliseconds. */
export const SETTLED_MS = 1500;

export function followHistory(history: History, store: AppStore, settings: StoreApi<Settings>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The text that the window began with was not typed. */
  let first: string | null = null;
  store.subscribe((now, before) => {
    if (now.model.opened !== null && now.model.opened !== before.model.opened) {
      history.addModel(now.model.opened.entry.id);
    }
    const { input } = now.run;
    if (now.covered !== null || input === null || now.run.status !== 'done' || input === before.run.input) return;
    first ??= input.text;
    clearTimeout(timer);
    if (input.text === first) return;
    timer = setTimeout(() => history.addText({ text: input.text, pair: input.pair ?? '' }), SETTLED_MS);
  });
  settings.subscribe(({ remember }, before) => {
    if (remember || !before.remember) return;
    clearTimeout(timer);
    history.clear();
  });
}
