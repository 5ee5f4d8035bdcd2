/** What is projected, how, and in which colours. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextInput } from '../../electron/api/index.ts';
import { METHODS } from '../projection/types.ts';
import type { Frame } from '../state/frames.ts';
import {
  colouredBy,
  coloursOf,
  PROJECTED,
  ROW_CHOICES,
  typedSetting,
  typedSettings,
} from '../state/projection-view.ts';
import type { ProjectionView, TypedSetting } from '../state/projection-view.ts';
import { formatCount } from '../view-models/format.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { TypedNumber } from './filter-tools.tsx';
import { ProjectorKept } from './projector-kept.tsx';
import { Switch } from './switch.tsx';
import { depthsOf } from './use-projected.ts';

interface ProjectorToolsProps {
  readonly frame: Frame;
  readonly texts: readonly TextInput[];
}

export function ProjectorTools({ frame, texts }: ProjectorToolsProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const view = useApp((state) => state.projection);
  return (
    <>
      <div className="projector-tools" data-own-keys>
        <Choice
          name="what"
          ids={PROJECTED}
          chosen={view.what}
          label={(id) => words(`projector.whats.${id}`)}
          onChoose={(what) => session.setProjection({ what })}
        />
        <DepthField frame={frame} view={view} />
        <Switch
          label={t('projector.method')}
          choices={METHODS.map((id) => ({
            id,
            label: words(`projector.methods.${id}`),
            help: words(`projector.methodHelp.${id}`),
          }))}
          chosen={view.method}
          onChoose={(method) => session.setProjection({ method })}
          testId="projector-method"
        />
        {typedSettings(view.method).map((name) => (
          <Setting key={name} name={name} view={view} />
        ))}
        <Switch
          label={t('projector.components')}
          choices={(['2', '3'] as const).map((id) => ({ id, label: words(`projector.dimensions.${id}`) }))}
          chosen={view.components === 2 ? '2' : '3'}
          onChoose={(id) => session.setProjection({ components: id === '2' ? 2 : 3 })}
          testId="projector-components"
        />
        <Choice
          name="colour"
          ids={coloursOf(view)}
          chosen={colouredBy(view)}
          label={(id) => words(`projector.colours.${id}`)}
          onChoose={(colour) => session.setProjection({ colour })}
        />
      </div>
      {view.what !== 'table' && <ProjectorKept texts={texts} view={view} own={frame.input} />}
    </>
  );
}

interface ChoiceProps<T extends string> {
  readonly name: 'what' | 'colour';
  readonly ids: readonly T[];
  readonly chosen: T;
  readonly label: (id: T) => string;
  readonly onChoose: (id: T) => void;
}

function Choice<T extends string>({ name, ids, chosen, label, onChoose }: ChoiceProps<T>): ReactElement {
  const { t } = useTranslation();
  return (
    <label className="beside-field">
      <span>{t(`projector.${name}`)}</span>
      <select
        value={chosen}
        onChange={({ target: { value } }) => {
          const found = ids.find((id) => id === value);
          if (found !== undefined) onChoose(found);
        }}
        data-testid={`projector-${name}`}
      >
        {ids.map((id) => (
          <option key={id} value={id}>
            {label(id)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A number of UMAP's or t-SNE's; a seed can be stepped to the next picture. */
function Setting({ name, view }: { name: TypedSetting; view: ProjectionView }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const label = words(`projector.settings.${name}`);
  return (
    <span className="filter-tool" title={words(`projector.settingHelp.${name}`)}>
      <span aria-hidden="true">{label}</span>
      <TypedNumber
        label={label}
        text={String(view[name])}
        wrong={words(`projector.settingHelp.${name}`)}
        onType={(typed) => {
          const value = typedSetting(name, typed);
          if (value !== null) session.setProjection({ [name]: value });
          return value !== null;
        }}
        testId={`projector-${name}`}
      />
      {name === 'seed' && (
        <button
          type="button"
          className="tool-button"
          aria-label={t('projector.nextSeed')}
          title={t('projector.nextSeed')}
          onClick={() => session.setProjection({ seed: typedSetting('seed', String(view.seed + 1)) ?? 0 })}
          data-testid="projector-next-seed"
        >
          +1
        </button>
      )}
    </span>
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
              {t('projector.firstRows', { count: rows, rows: formatCount(rows) })}
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
