import { describe, expect, it } from 'vitest';
import { History, MOST_TEXTS, parseHistory } from '../../../renderer/state/history.ts';

function storage(kept = new Map<string, string>()) {
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const texts = (history: History): string[] => history.store.getState().texts.map(({ text }) => text);

describe('History', () => {
  it('keeps texts newest first, each once, and finds them at the next start', () => {
    const disk = storage();
    const history = new History(disk, () => true);
    for (const text of ['one', 'two', 'three', 'one']) history.addText({ text, pair: '' });
    expect(texts(history)).toEqual(['one', 'three', 'two']);
    expect(texts(new History(disk, () => true))).toEqual(['one', 'three', 'two']);
  });

  it('takes what goes on with the newest text, or is its beginning, for the same typing', () => {
    const history = new History(storage(), () => true);
    for (const text of ['Other', 'The', 'The ship', 'The s']) history.addText({ text, pair: '' });
    expect(texts(history)).toEqual(['The s', 'Other']);
    history.addText({ text: 'The s', pair: 'And' });
    expect(history.store.getState().texts[0]).toEqual({ text: 'The s', pair: 'And' });
    expect(texts(history)).toHaveLength(2);
  });

  it('has an end, and leaves out blank and very long texts', () => {
    const history = new History(storage(), () => true);
    for (let index = 0; index < MOST_TEXTS + 5; index += 1) history.addText({ text: `${index} text`, pair: '' });
    history.addText({ text: '  ', pair: '' });
    history.addText({ text: 'x'.repeat(6000), pair: '' });
    expect(texts(history)).toHaveLength(MOST_TEXTS);
    expect(texts(history)[0]).toBe(`${MOST_TEXTS + 4} text`);
  });

  it('keeps nothing, in memory or on the disk, where nothing is to be remembered', () => {
    const disk = storage();
    new History(disk, () => true).addText({ text: 'secret', pair: '' });
    const history = new History(disk, () => false);
    history.addText({ text: 'secret', pair: '' });
    history.addModel('m');
    expect(history.store.getState()).toEqual({ texts: [], models: [], commands: [] });
    expect(disk.kept.size).toBe(0);
  });

  it('forgets all of it', () => {
    const disk = storage();
    const history = new History(disk, () => true);
    history.addText({ text: 'a', pair: '' });
    history.addCommand('about');
    history.clear();
    expect(history.store.getState()).toEqual({ texts: [], models: [], commands: [] });
    expect(disk.kept.size).toBe(0);
  });

  it('reads a damaged list leniently', () => {
    expect(parseHistory('{')).toEqual({ texts: [], models: [], commands: [] });
    const text = JSON.stringify({ texts: [{ text: 'a', pair: '' }, { text: 1 }, 'b'], models: ['m', 2], commands: 3 });
    expect(parseHistory(text)).toEqual({ texts: [{ text: 'a', pair: '' }], models: ['m'], commands: [] });
  });
});
