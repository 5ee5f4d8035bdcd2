/** The dialogs of the whole window: one at a time, opened by its command from wherever that comes. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { AboutDialog } from './about-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { PaletteDialog } from './palette-dialog.tsx';
import { SelfCheckDialog } from './self-check-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { useMenu } from './use-menu.ts';

type Shown = 'keys' | 'settings' | 'palette' | 'self-check' | 'about';

export function Dialogs(): ReactElement {
  const [shown, setShown] = useState<Shown | null>(null);
  const show = (next: Shown) => () => setShown(next);
  useMenu({
    'help-keys': show('keys'),
    preferences: show('settings'),
    'command-palette': show('palette'),
    'self-check': show('self-check'),
    about: show('about'),
  });
  const of = (which: Shown) => ({ isOpen: shown === which, onClose: () => setShown(null) });
  return (
    <>
      <HelpDialog {...of('keys')} />
      <SettingsDialog {...of('settings')} />
      <PaletteDialog {...of('palette')} />
      <SelfCheckDialog {...of('self-check')} />
      <AboutDialog {...of('about')} />
    </>
  );
}
