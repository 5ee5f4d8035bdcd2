/** How far each layer's hidden states moved, and how much of each head's weight: a bar a layer, a cell a head. */
import { useMemo } from 'react';
import type { KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from 'react-aria-components';
import type { LayerChange } from '../../electron/api/index.ts';
import { useElapsed } from '../components/use-elapsed.ts';
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import { THEMES } from '../figures/theme.ts';
import { cellMoveOf } from '../state/commands.ts';
import { exactDouble, formatNumber, shownIndex, shortNumber } from '../view-models/format.ts';
import { largestHidden } from '../view-models/what-if-outcome.ts';
import { useApp, useSession, useTheme } from './context.tsx';
import type { ShownComparison } from './use-comparison.ts';

/** Progress is shown after the one, and can be stopped after the other. */
const SHOW_AFTER_MS = 300;
const STOP_AFTER_MS = 2000;

export function WhatIfLayers({ comparison }: { comparison: ShownComparison }): ReactElement {
  const { t } = useTranslation();
  const { layers } = comparison;
  return (
    <section aria-label={t('whatIf.layers')}>
      <div className="panel-heading">
        <h2>{t('whatIf.layers')}</h2>
      </div>
      {layers === null ? (
        <Waiting comparison={comparison} />
      ) : (
        <>
          <LayerGrid layers={layers} />
          <p className="note">{t('whatIf.layersHelp')}</p>
        </>
      )}
    </section>
  );
}

function Waiting({ comparison: { state, fraction } }: { comparison: ShownComparison }): ReactElement | null {
  const { t } = useTranslation();
  const { changes } = useSession();
  const startedAt = state.status === 'pending' ? state.startedAt : null;
  const isShown = useElapsed(startedAt, SHOW_AFTER_MS);
  const isLong = useElapsed(startedAt, STOP_AFTER_MS);
  const question = changes.comparisonQuestion();
  const own = question === null ? null : { ...question, position: null };
  if (state.status === 'stopped' && own !== null)
    return (
      <p className="note">
        {t('whatIf.layersStopped')}{' '}
        <button type="button" className="link-button" onClick={() => changes.comparisons.again(own)}>
          {t('state.retry')}
        </button>
      </p>
    );
  if (!isShown) return null;
  return (
    <div className="progress" data-testid="what-if-progress">
      <ProgressBar aria-label={t('whatIf.layersWorking')} value={100 * fraction}>
        <span className="progress-track">
          <span className="progress-bar" style={{ width: `${100 * fraction}%` }} />
        </span>
      </ProgressBar>
      <span className="progress-label">{t('whatIf.layersWorking')}</span>
      {isLong && own !== null && (
        <button type="button" className="tool-button" onClick={() => changes.comparisons.stop(own)}>
          {t('progress.cancel')}
        </button>
      )}
    </div>
  );
}

function LayerGrid({ layers }: { layers: readonly LayerChange[] }): ReactElement {
  const { t } = useTranslation();
  const largest = largestHidden(layers);
  const stacks = new Set(layers.map(({ stack }) => stack)).size;
  const { onClick, onKeyDown } = useHeadChoice(layers);
  return (
    <div
      className="layer-changes"
      role="grid"
      aria-label={t('whatIf.layers')}
      onClick={onClick}
      onKeyDown={onKeyDown}
      data-testid="what-if-layers"
    >
      <div role="row" className="layer-change heads">
        <span role="columnheader">{t('whatIf.layer')}</span>
        <span role="columnheader">{t('whatIf.hiddenChange')}</span>
        <span role="columnheader">{t('whatIf.headsChange')}</span>
      </div>
      {layers.map((layer, index) => (
        <LayerRow
          key={`${layer.stack}.${layer.layer}`}
          change={layer}
          index={index}
          name={stacks > 1 ? `${layer.stack} ${shownIndex(layer.layer)}` : shownIndex(layer.layer)}
          largest={largest}
        />
      ))}
    </div>
  );
}

interface LayerRowProps {
  readonly change: LayerChange;
  readonly index: number;
  readonly name: string;
  readonly largest: number;
}

function LayerRow({ change, index, name, largest }: LayerRowProps): ReactElement {
  const { t } = useTranslation();
  const theme = useTheme();
  const scale = useMemo(() => colourScale(weightScale(), THEMES[theme]), [theme]);
  const { stack, layer, hidden, heads } = change;
  const chosen = useApp(({ selection }) =>
    selection.stack === stack && selection.layer === layer ? selection.head : null,
  );
  return (
    <div role="row" className="layer-change" data-testid={`what-if-layer-${index}`}>
      <span role="rowheader" className={chosen === null ? 'mono' : 'mono on'}>
        {name}
      </span>
      <span role="gridcell" className="layer-hidden" title={exactDouble(hidden)}>
        <span className="layer-track" aria-hidden="true">
          <span className="layer-bar" style={{ width: `${largest > 0 ? (100 * hidden) / largest : 0}%` }} />
        </span>
        <span className="mono">{shortNumber(hidden)}</span>
      </span>
      <span role="presentation" className="layer-heads">
        {heads.map((moved, head) => (
          <span
            key={head}
            role="gridcell"
            className={head === chosen ? 'layer-head on' : 'layer-head'}
            style={{ background: scale.colour(moved) }}
            tabIndex={head === chosen ? 0 : -1}
            aria-selected={head === chosen}
            aria-label={t('whatIf.layerHead', {
              layer: shownIndex(layer),
              head: shownIndex(head),
              value: formatNumber(moved, 3),
            })}
            title={`${shownIndex(layer)}.${shownIndex(head)}: ${exactDouble(moved)}`}
            data-index={index}
            data-head={head}
            data-testid={`what-if-head-${index}-${head}`}
          />
        ))}
      </span>
    </div>
  );
}

/** A click chooses a head; the arrow keys go from head to head. */
function useHeadChoice(layers: readonly LayerChange[]): {
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const session = useSession();
  const selection = useApp((state) => state.selection);
  const choose = (index: number, head: number): void => {
    const to = layers[index];
    if (to !== undefined) session.select({ stack: to.stack, layer: to.layer, head });
  };
  return {
    onClick: (event) => {
      const { index, head } = (event.target as HTMLElement).dataset;
      if (index !== undefined && head !== undefined) choose(Number(index), Number(head));
    },
    onKeyDown: (event) => {
      const move = cellMoveOf(event.key);
      if (move === null || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const at = layers.findIndex(({ stack, layer }) => stack === selection.stack && layer === selection.layer);
      const index = Math.max(0, Math.min(layers.length - 1, at + move.dQuery));
      const count = layers[index]?.heads.length ?? 1;
      const head = Math.max(0, Math.min(count - 1, selection.head + move.dKey));
      choose(index, head);
      event.currentTarget.querySelector<HTMLElement>(`[data-index="${index}"][data-head="${head}"]`)?.focus();
    },
  };
}
