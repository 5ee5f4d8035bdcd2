/** Queries and keys of one head in one projection where near means “attends”, after AttentionViz (Yeh et al. 2023). */
import { useCallback, useMemo, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { THEMES } from '../figures/theme.ts';
import type { Frame } from '../state/frames.ts';
import type { JointSet } from '../state/joint-view.ts';
import { failureText } from '../view-models/failure.ts';
import { jointColours } from '../view-models/joint-colours.ts';
import type { JointColours, JointWords } from '../view-models/joint-colours.ts';
import { jointData, jointPairs, lengthOf } from '../view-models/joint.ts';
import type { JointPoint } from '../view-models/joint.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import { DataButtons } from './data-buttons.tsx';
import { JointExplained, JointFacts, useJointMeasures } from './joint-facts.tsx';
import { JointMap } from './joint-map.tsx';
import { JointPlot } from './joint-plot.tsx';
import { JointTable, PairList } from './joint-side.tsx';
import { JointTools } from './joint-tools.tsx';
import type { ScatterSnapshot } from './scatter-view.tsx';
import { useJointFigure, useJointScatter } from './use-joint-figure.ts';
import { useJointFocus } from './use-joint-focus.ts';
import { useJointPicture } from './use-joint-picture.ts';
import type { JointPicture } from './use-joint-picture.ts';
import { useJointSet } from './use-joint-set.ts';

export function JointStage({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const shown = useJointSet(frame);
  const picture = useJointPicture(shown.set, shown.fit);
  const { failure, fit, unread } = shown;
  const isBusy = picture.shown === null || picture.shown.set !== shown.set || picture.running !== null;
  return (
    <div className="joint" aria-busy={isBusy} data-testid="joint">
      <JointTools frame={frame} shown={shown} picture={picture} />
      {failure !== null && (
        <p className="problem" role="alert">
          {failureText(failure, words)}{' '}
          <button type="button" className="tool-button" onClick={shown.retry}>
            {t('state.retry')}
          </button>
        </p>
      )}
      {unread.length > 0 && <p className="problem">{t('joint.unread', { texts: unread.join(' · ') })}</p>}
      {picture.problem !== null && (
        <p className="problem" role="alert" data-testid="joint-problem">
          {picture.problem}
        </p>
      )}
      {picture.shown !== null && fit !== null && <Together frame={frame} fit={fit} shown={picture.shown} />}
    </div>
  );
}

interface TogetherProps {
  readonly frame: Frame;
  readonly fit: JointSet;
  readonly shown: NonNullable<JointPicture['shown']>;
}

function Together({ frame, fit, shown: { set, adjustment, projection, coordinates } }: TogetherProps): ReactElement {
  const focus = useJointFocus(set);
  const { points, chosen } = focus;
  const pairs = useMemo(() => (chosen === null ? [] : jointPairs(set, adjustment, chosen)), [set, adjustment, chosen]);
  const legend = useLegendWords();
  const colours = useColours(points, legend);
  const measures = useJointMeasures(set, adjustment);
  const { components } = projection;
  const cloud = useMemo(() => ({ coordinates, components }), [coordinates, components]);
  const scatter = useJointScatter(cloud, colours, focus, pairs);
  const seen = useRef<ScatterSnapshot | null>(null);
  const onShown = useCallback((now: ScatterSnapshot) => (seen.current = now), []);
  useJointFigure({ frame, set, fit, projection, measures, scatter, focus, pairs, legend, seen });
  return (
    <div className="joint-room">
      <div className="joint-plot">
        <JointFacts {...{ set, fit, adjustment, projection, measures }} />
        <JointPlot {...{ set, scatter, focus, pairs, onShown }} />
        <Legend colours={colours} />
        <JointExplained />
      </div>
      <div className="joint-side">
        <PairList focus={focus} pairs={pairs} />
        <JointMap set={set} focus={focus} />
        <DataButtons
          frame={frame}
          rows={() => jointData(set, coordinates, components)}
          facts={() => ({
            adjustment: { c: adjustment.c, shift: [...adjustment.shift], shiftLength: lengthOf(adjustment.shift) },
            fittedOn: fit.sentences.map(({ text }) => text),
            settings: projection.used,
            explained: projection.explained,
            preservation: projection.preservation,
          })}
          testId="joint-save"
        />
        <JointTable {...{ focus, coordinates, components }} />
      </div>
    </div>
  );
}

function useLegendWords(): JointWords {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      query: t('joint.kinds.query'),
      key: t('joint.kinds.key'),
      others: (count) => t('projector.others', { count }),
      sentence: (sentence) => t('joint.sentenceOf', { sentence }),
      position: (position) => t('joint.positionOf', { position }),
    }),
    [t],
  );
}

function useColours(points: readonly JointPoint[], words: JointWords): JointColours {
  const theme = useTheme();
  const by = useApp((state) => state.joint.colour);
  return useMemo(() => jointColours(points, by, THEMES[theme], words), [points, by, theme, words]);
}

function Legend({ colours: { items } }: { colours: JointColours }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="joint-legend">
      <ul aria-label={t('joint.legend')} data-testid="joint-legend">
        {items.map(({ label, colour, shape }) => (
          <li key={`${shape} ${label}`}>
            <svg width="10" height="10" aria-hidden="true">
              {shape === 0 && <circle cx="5" cy="5" r="4.5" fill={colour} />}
              {shape === 1 && <rect x="1" y="1" width="8" height="8" fill={colour} />}
              {shape === null && <path d="M0 5h10" stroke={colour} strokeWidth="4" />}
            </svg>
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
