/** The application menu (Electron's): each view takes the commands that are its own. */
import { useEffect, useRef } from 'react';
import type { MenuCommand } from '../../electron/api/index.ts';
import { useServices } from './context.tsx';

export type MenuHandlers = Readonly<Partial<Record<MenuCommand, () => void>>>;

/** Calls the handler of a menu command when its item is chosen; other commands are other views' business. */
export function useMenu(handlers: MenuHandlers): void {
  const { onMenu } = useServices();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => onMenu((command) => latest.current[command]?.()), [onMenu]);
}
