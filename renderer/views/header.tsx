/** The top of the window: the sentence with its tokens, the model, the device, the settings, and the way out. */
import type { ReactElement } from 'react';
import { Logo } from '../components/icons.tsx';
import { DevicePicker } from './device-picker.tsx';
import { ExportMenu } from './export-menu.tsx';
import { ModelPicker } from './model-picker.tsx';
import { ProgressLine } from './progress-line.tsx';
import { SentenceBox } from './sentence-box.tsx';
import { SettingsMenu } from './settings-menu.tsx';

export function Header(): ReactElement {
  return (
    <header className="header">
      <h1 className="brand">
        <Logo />
        <span>Headlight</span>
      </h1>
      <SentenceBox />
      <div className="pickers">
        <ModelPicker />
        <DevicePicker />
        <SettingsMenu />
        <ExportMenu />
      </div>
      <ProgressLine />
    </header>
  );
}
