/** How queries and keys are projected and coloured, which of the two changes are made, and what it was fitted on. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { METHODS } from '../projection/types.ts';
import type { Frame } from '../state/frames.ts';
import { JOINT_COLOURS } from '../state/joint-view.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { ProjectorKept } from './projector-kept.tsx';
import { ProjectorProgress } from './projector-progress.tsx';
import { Switch } from './switch.tsx';
import type { JointPicture } from './use-joint-picture.ts';
import type { ShownSet } from './use-joint-set.ts';

interface JointToolsProps {
  readonly frame: Frame;
  readonly shown: ShownSet;
  readonly picture: JointPicture;
}

export function JointTools({ frame, shown, picture }: JointToolsProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const view = useApp((state) => state.joint);
  const projection = useApp((state) => state.projection);
  return (
    <div className="joint-tools" data-own-keys>
      <Adjustments />
      <Switch
        label={t('projector.method')}
        choices={METHODS.map((id) => ({ id, label: words(`projector.methods.${id}`) }))}
        chosen={view.method}
        onChoose={(method) => session.setJoint({ method })}
        testId="joint-method"
      />
      <Switch
        label={t('projector.components')}
        choices={(['2', '3'] as const).map((id) => ({ id, label: words(`projector.dimensions.${id}`) }))}
        chosen={view.components === 2 ? '2' : '3'}
        onChoose={(id) => session.setJoint({ components: id === '2' ? 2 : 3 })}
        testId="joint-components"
      />
      <label className="beside-field">
        <span>{t('projector.colour')}</span>
        <select
          value={view.colour}
          onChange={({ target: { value } }) => {
            const colour = JOINT_COLOURS.find((each) => each === value);
            if (colour !== undefined) session.setJoint({ colour });
          }}
          data-testid="joint-colour"
        >
          {JOINT_COLOURS.map((id) => (
            <option key={id} value={id}>
              {t(`joint.colours.${id}`)}
            </option>
          ))}
        </select>
      </label>
      <Running picture={picture} />
      <Fitted shown={shown} />
      <ProjectorKept texts={shown.texts} view={projection} own={frame.input} />
    </div>
  );
}

function Adjustments(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const view = useApp((state) => state.joint);
  return (
    <span className="switch" role="group" aria-label={t('joint.adjust')}>
      {(['shift', 'rescale'] as const).map((part) => (
        <button
          key={part}
          type="button"
          className="switch-button"
          aria-pressed={view[part]}
          title={t(`joint.${part}Help`)}
          onClick={() => session.setJoint({ [part]: !view[part] })}
          data-testid={`joint-${part}`}
        >
          {t(`joint.${part}`)}
        </button>
      ))}
    </span>
  );
}

function Running({ picture }: { picture: JointPicture }): ReactElement | null {
  const { t } = useTranslation();
  const { running, problem, cancel, again } = picture;
  if (problem !== null) {
    return (
      <button type="button" className="tool-button" onClick={again} data-testid="joint-again">
        {t('state.retry')}
      </button>
    );
  }
  return running === null ? null : <ProjectorProgress running={running} onCancel={cancel} />;
}

/** What the shift, the scale and the PCA come from, and that it can be done anew. */
function Fitted({ shown: { set, fit } }: { shown: ShownSet }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const method = useApp((state) => state.joint.method);
  if (set === null || fit === null) return null;
  const known = new Set(fit.sentences.map(({ text }) => text));
  const later = set.sentences.filter(({ text }) => !known.has(text)).length;
  const texts = fit.sentences.map(({ text }) => text).join('\n');
  const fitted = t(method === 'pca' ? 'joint.fitted' : 'joint.fittedAnew', { count: fit.sentences.length });
  return (
    <span className="joint-fit">
      <span title={texts} data-testid="joint-fitted">
        {fitted}
        {method === 'pca' && later > 0 && ` ${t('joint.later', { count: later })}`}
      </span>
      <button
        type="button"
        className="tool-button"
        disabled={fit === set}
        title={t('joint.fitHelp')}
        onClick={() => session.setJoint({ fit: set })}
        data-testid="joint-fit"
      >
        {t('joint.fit')}
      </button>
    </span>
  );
}
