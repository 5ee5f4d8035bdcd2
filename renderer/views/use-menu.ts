/** What the application menu asks for, where there is one. */
import { useEffect, useRef } from 'react';
import type { MenuCommand } from '../../electron/api/index.ts';
import { useServices } from './context.tsx';

/** What to do for some of the menu's commands; the others are for other views. */
export type MenuHandlers = { readonly [C in MenuCommand]?: () => void };

/** Calls the newest handler of each command that is chosen. */
export function useMenu(handlers: MenuHandlers): void {
  const { menu } = useServices();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => menu.on((command) => latest.current[command]?.()), [menu]);
}
