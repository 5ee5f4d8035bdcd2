/** From a key press to what it does, everywhere in the window. */

export type Command =
  | { readonly kind: 'head' | 'layer' | 'station'; readonly by: -1 | 1 }
  | { readonly kind: 'view'; readonly by: -1 | 1 }
  | {
      readonly kind:
        'export' | 'help' | 'sentence' | 'mode' | 'play' | 'what-if' | 'undo' | 'redo' | 'palette' | 'settings';
    };

export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey?: boolean;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  ArrowLeft: { kind: 'head', by: -1 },
  ArrowRight: { kind: 'head', by: 1 },
  ArrowUp: { kind: 'layer', by: -1 },
  ArrowDown: { kind: 'layer', by: 1 },
  '[': { kind: 'station', by: -1 },
  ']': { kind: 'station', by: 1 },
  e: { kind: 'export' },
  E: { kind: 'export' },
  '?': { kind: 'help' },
  '/': { kind: 'sentence' },
  t: { kind: 'mode' },
  T: { kind: 'mode' },
  v: { kind: 'view', by: 1 },
  V: { kind: 'view', by: -1 },
  w: { kind: 'what-if' },
  W: { kind: 'what-if' },
  ' ': { kind: 'play' },
};

/** The command of a key press, or null. Keys with Ctrl, Alt or Cmd belong to the system, but for those of undo and redo, of the command palette and of the settings. */
export function commandOf(press: KeyPress): Command | null {
  if (press.altKey) return null;
  return press.ctrlKey || press.metaKey ? withControl(press) : (COMMANDS[press.key] ?? null);
}

/** Ctrl or Cmd with Z; with Shift as well, or Ctrl with Y, the other way. With K the palette, with a comma the settings. */
function withControl({ key, ctrlKey, metaKey, shiftKey = false }: KeyPress): Command | null {
  const letter = key.toLowerCase();
  if (letter === 'k' && !shiftKey) return { kind: 'palette' };
  if (letter === ',') return { kind: 'settings' };
  if (letter === 'z') return { kind: shiftKey ? 'redo' : 'undo' };
  return letter === 'y' && ctrlKey && !metaKey && !shiftKey ? { kind: 'redo' } : null;
}

export type CellMove = { readonly dQuery: number; readonly dKey: number };

/** Moves of the selected cell while a matrix has the focus; Home and End reach the first and last key. */
export function cellMoveOf(key: string): CellMove | null {
  switch (key) {
    case 'ArrowLeft':
      return { dQuery: 0, dKey: -1 };
    case 'ArrowRight':
      return { dQuery: 0, dKey: 1 };
    case 'ArrowUp':
      return { dQuery: -1, dKey: 0 };
    case 'ArrowDown':
      return { dQuery: 1, dKey: 0 };
    case 'Home':
      return { dQuery: 0, dKey: -Infinity };
    case 'End':
      return { dQuery: 0, dKey: Infinity };
    case 'PageUp':
      return { dQuery: -Infinity, dKey: 0 };
    case 'PageDown':
      return { dQuery: Infinity, dKey: 0 };
    default:
      return null;
  }
}
