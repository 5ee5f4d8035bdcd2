/** Everything that the window can be told to do by a key or by name: one table for the palette and the list of keys. */
import type { MenuCommand } from '../../electron/api/index.ts';
import type { Command } from './commands.ts';

export const ACTION_GROUPS = ['file', 'go', 'show', 'change', 'look', 'help'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** What an action does: what its key does, what its menu item does, or one of the few things that have neither. */
export type Does =
  | { readonly command: Command }
  | { readonly menu: MenuCommand }
  | { readonly own: 'example' | 'larger' | 'smaller' | 'usual-size' | 'motion' | 'explain' | 'forget' };

export interface Action {
  readonly id: string;
  readonly group: ActionGroup;
  /** Key of its words. */
  readonly label: string;
  /** As they are written on a key: alternatives, each with its modifiers. */
  readonly keys?: readonly string[];
  readonly does: Does;
}

const menu = (id: MenuCommand, group: ActionGroup, label: string, ...keys: string[]): Action => ({
  id,
  group,
  label,
  keys,
  does: { menu: id },
});

const key = (id: string, group: ActionGroup, label: string, command: Command, ...keys: string[]): Action => ({
  id,
  group,
  label,
  keys,
  does: { command },
});

const own = (id: Extract<Does, { own: string }>['own'], group: ActionGroup, label: string): Action => ({
  id,
  group,
  label,
  does: { own: id },
});

export const ACTIONS: readonly Action[] = [
  menu('open-library', 'file', 'library.open'),
  menu('open-folder', 'file', 'model.openFolder'),
  key('export', 'file', 'help.export', { kind: 'export' }, 'E'),
  menu('export-svg', 'file', 'palette.exportSvg'),
  menu('export-png', 'file', 'palette.exportPng'),
  own('example', 'file', 'example.open'),
  own('forget', 'file', 'history.clear'),
  key('sentence', 'go', 'help.sentence', { kind: 'sentence' }, '/'),
  key('head-before', 'go', 'palette.headBefore', { kind: 'head', by: -1 }, '←'),
  key('head-after', 'go', 'palette.headAfter', { kind: 'head', by: 1 }, '→'),
  key('layer-before', 'go', 'palette.layerBefore', { kind: 'layer', by: -1 }, '↑'),
  key('layer-after', 'go', 'palette.layerAfter', { kind: 'layer', by: 1 }, '↓'),
  key('station-before', 'go', 'palette.stationBefore', { kind: 'station', by: -1 }, '['),
  key('station-after', 'go', 'palette.stationAfter', { kind: 'station', by: 1 }, ']'),
  key('mode', 'show', 'walk.keyMode', { kind: 'mode' }, 'T'),
  key('view-after', 'show', 'palette.viewAfter', { kind: 'view', by: 1 }, 'V'),
  key('view-before', 'show', 'palette.viewBefore', { kind: 'view', by: -1 }, '⇧ V'),
  key('play', 'show', 'walk.keyPlay', { kind: 'play' }, 'Space'),
  own('explain', 'show', 'palette.explain'),
  key('what-if', 'change', 'help.whatIf', { kind: 'what-if' }, 'W'),
  key('undo', 'change', 'help.undo', { kind: 'undo' }, 'Ctrl Z'),
  key('redo', 'change', 'help.redo', { kind: 'redo' }, 'Ctrl ⇧ Z', 'Ctrl Y'),
  menu('preferences', 'look', 'settings.open', 'Ctrl ,'),
  menu('theme-system', 'look', 'palette.themeSystem'),
  menu('theme-light', 'look', 'palette.themeLight'),
  menu('theme-dark', 'look', 'palette.themeDark'),
  menu('theme-contrast', 'look', 'palette.themeContrast'),
  menu('language-system', 'look', 'palette.languageSystem'),
  menu('language-en', 'look', 'palette.languageEnglish'),
  menu('language-nl', 'look', 'palette.languageDutch'),
  own('larger', 'look', 'palette.larger'),
  own('smaller', 'look', 'palette.smaller'),
  own('usual-size', 'look', 'palette.usualSize'),
  own('motion', 'look', 'palette.motion'),
  menu('command-palette', 'help', 'palette.open', 'Ctrl K'),
  menu('help-keys', 'help', 'help.help', '?'),
  menu('self-check', 'help', 'selfCheck.open'),
  menu('about', 'help', 'about.open'),
];
