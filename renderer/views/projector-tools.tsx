/** What is projected, how, and in which colours; the sentences that are kept. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { COLOURED_BY, keepSentence, PROJECTED, ROW_CHOICES } from '../state/projection-view.ts';
import type { ProjectionView } from '../state/projection-view.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { Switch } from './switch.tsx';
import { depthsOf } from './use-projected.ts';
import type { ShownProjection } from './use-projection.ts';

interface ProjectorToolsProps {
  readonly frame: Frame;
  readonly texts: readonly string[];
  readonly isLassoing: boolean;
  readonly onLassoing: (isLassoing: boolean) => void;
  readonly running: Pick<ShownProjection, 'progress' | 'cancel' | 'again' | 'problem'>;
}

const METHODS = ['pca', 'umap', 'tsne'] as const;

export function ProjectorTools(props: ProjectorToolsProps): ReactElement {
  const { frame, texts, isLassoing, onLassoing, running } = props;
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const view = useApp((state) => state.projection);
  const choices = <T extends string>(ids: readonly T[], group: string) =>
    ids.map((id) => ({ id, label: words(`projector.${group}.${id}`) }));
  return (
    <div className="projector-tools" data-own-keys>
      <Choice name="what" view={view} ids={PROJECTED} />
      <DepthField frame={frame} view={view} />
      <Switch
        label={t('projector.method')}
        choices={choices(METHODS, 'methods')}
        chosen={view.method}
        onChoose={(method) => session.setProjection({ method })}
        testId="projector-method"
      />
      <Switch
        label={t('projector.components')}
        choices={choices(['2', '3'] as const, 'dimensions')}
        chosen={view.components === 2 ? '2' : '3'}
        onChoose={(id) => session.setProjection({ components: id === '2' ? 2 : 3 })}
        testId="projector-components"
      />
      <Choice name="colour" view={view} ids={COLOURED_BY} />
      <button
        type="button"
        className="tool-button"
        aria-pressed={isLassoing}
        title={t('projector.lassoHelp')}
        onClick={() => onLassoing(!isLassoing)}
        data-testid="projector-lasso"
      >
        {t('projector.lasso')}
      </button>
      {running.progress !== null && (
        <span className="projector-progress" role="status" data-testid="projector-progress">
          {words(`projector.stages.${running.progress.stage}`)} {Math.round(running.progress.fraction * 100)} %{' '}
          <button type="button" className="tool-button" onClick={running.cancel} data-testid="projector-cancel">
            {t('progress.cancel')}
          </button>
        </span>
      )}
      {running.problem !== null && (
        <button type="button" className="tool-button" onClick={running.again} data-testid="projector-again">
          {t('state.retry')}
        </button>
      )}
      {view.what !== 'table' && <Kept texts={texts} view={view} own={frame.input.text} />}
    </div>
  );
}

interface ChoiceProps<N extends 'what' | 'colour'> {
  readonly name: N;
  readonly view: ProjectionView;
  readonly ids: readonly ProjectionView[N][];
}

function Choice<N extends 'what' | 'colour'>({ name, view, ids }: ChoiceProps<N>): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  return (
    <label className="beside-field">
      <span>{t(`projector.${name}`)}</span>
      <select
        value={view[name]}
        onChange={({ target: { value } }) => {
          const chosen = ids.find((id) => id === value);
          if (chosen !== undefined) session.setProjection({ [name]: chosen });
        }}
        data-testid={`projector-${name}`}
      >
        {ids.map((id) => (
          <option key={id} value={id}>
            {words(`projector.${name}s.${id}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The layer, how tokens become one vector, or how many rows: what goes with what is projected. */
function DepthField({ frame, view }: { frame: Frame; view: ProjectionView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const depths = depthsOf(frame);
  if (view.what === 'path') return null;
  if (view.what === 'table') {
    return (
      <label className="beside-field">
        <span>{t('projector.rows')}</span>
        <select
          value={view.rows}
          onChange={({ target }) => session.setProjection({ rows: Number(target.value) })}
          data-testid="projector-rows"
        >
          {ROW_CHOICES.map((rows) => (
            <option key={rows} value={rows}>
              {rows}
            </option>
          ))}
        </select>
      </label>
    );
  }
  return (
    <>
      <label className="beside-field">
        <span>{t('projector.depth')}</span>
        <select
          value={Math.min(view.layer ?? Infinity, depths.at(-1) ?? -1)}
          onChange={({ target }) => session.setProjection({ layer: Number(target.value) })}
          data-testid="projector-layer"
        >
          {depths.map((layer) => (
            <option key={layer} value={layer}>
              {layer < 0 ? t('projector.entering') : t('projector.after', { layer })}
            </option>
          ))}
        </select>
      </label>
      {view.what === 'sentences' && (
        <Switch
          label={t('projector.pooling')}
          choices={(['mean', 'first'] as const).map((id) => ({ id, label: words(`projector.poolings.${id}`) }))}
          chosen={view.pooling}
          onChoose={(pooling) => session.setProjection({ pooling })}
          testId="projector-pooling"
        />
      )}
    </>
  );
}

/** Sentences beside the typed one: kept, and let go again. */
function Kept({ texts, view, own }: { texts: readonly string[]; view: ProjectionView; own: string }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <span className="projector-kept" data-testid="projector-kept">
      <button
        type="button"
        className="tool-button"
        disabled={own === '' || view.kept.includes(own)}
        title={t('projector.keepHelp')}
        onClick={() => session.setProjection({ kept: keepSentence(view, own) })}
        data-testid="projector-keep"
      >
        {t('projector.keep')}
      </button>
      {texts.map((text, at) => (
        <span key={text} className="projector-text" title={text}>
          {at}: {text}
          {view.kept.includes(text) && (
            <button
              type="button"
              className="link-button"
              aria-label={t('projector.letGo', { text })}
              onClick={() => session.setProjection({ kept: view.kept.filter((each) => each !== text) })}
            >
              ×
            </button>
          )}
        </span>
      ))}
    </span>
  );
}
