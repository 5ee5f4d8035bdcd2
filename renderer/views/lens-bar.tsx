/** How the patterns are looked at, above every view of them: pieces or words, what is hidden, which heads together. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { COMBINATIONS } from '../state/lens.ts';
import type { Lens } from '../state/lens.ts';
import { lensedFrame } from '../view-models/lens/apply.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { LensGroups } from './lens-groups.tsx';
import { Switch } from './switch.tsx';

/** @param frame the patterns of the chosen heads */
export function LensBar({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const lens = useApp((state) => state.lens);
  const hides = lens.hideSpecial || lens.hideFirst;
  const hasSpecial = frame.run.tokens.some(({ special }) => special);
  return (
    <div className="lens-bar" role="group" aria-label={t('lens.label')} data-testid="lens-bar">
      <Switch
        label={t('lens.unit')}
        choices={(['pieces', 'words'] as const).map((id) => ({
          id,
          label: t(`lens.units.${id}`),
          help: t(`lens.unitHelp.${id}`),
        }))}
        chosen={lens.unit}
        onChoose={(unit) => session.setLens({ unit })}
        testId="lens-unit"
      />
      <LensGroups frame={frame} />
      {(hasSpecial || lens.hideSpecial) && <Toggle name="hideSpecial" />}
      <Toggle name="hideFirst" />
      {hides && <Toggle name="renormalise" />}
      {frame.matrices.length > 1 && <CombineSwitch />}
      <Note frame={frame} lens={lens} />
    </div>
  );
}

function Toggle({ name }: { name: 'hideSpecial' | 'hideFirst' | 'renormalise' }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const isOn = useApp((state) => state.lens[name]);
  return (
    <button
      type="button"
      className="tool-button"
      aria-pressed={isOn}
      title={t(`lens.${name}Help`)}
      onClick={() => session.setLens({ [name]: !isOn })}
      data-testid={`lens-${name}`}
    >
      {t(`lens.${name}`)}
    </button>
  );
}

function CombineSwitch(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const combine = useApp((state) => state.lens.combine);
  return (
    <Switch
      label={t('lens.combine')}
      choices={COMBINATIONS.map((id) => ({
        id,
        label: t(`lens.combinations.${id}`),
        help: t(`lens.combineHelp.${id}`),
      }))}
      chosen={combine}
      onChoose={(id) => session.setLens({ combine: id })}
      testId="lens-combine"
    />
  );
}

/** What was done to the weights, and how much of them is not shown; read out as it changes. */
function Note({ frame, lens }: { frame: Frame; lens: Lens }): ReactElement {
  const words = useWords();
  const { note } = lensedFrame(frame, lens);
  const said = note.map(({ key, values }) => words(key, values)).join(' · ');
  return (
    <p className="lens-note" role="status" data-testid="lens-note" hidden={said === ''}>
      {said}
    </p>
  );
}
