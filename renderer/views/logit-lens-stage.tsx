/** The logit lens: what each layer would predict at each token, and one cell with its candidates. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import type { LensGrid } from '../state/lens-answers.ts';
import { LENS_COLOURS } from '../state/lens-view.ts';
import { lensExport } from '../view-models/export-answers.ts';
import { lensScale, lensTable } from '../view-models/logit-lens.ts';
import { AnswerState } from './answer-state.tsx';
import { useApp, useSession, useWords } from './context.tsx';
import { DataButtons } from './data-buttons.tsx';
import { LogitLensCell } from './logit-lens-cell.tsx';
import { LogitLensGrid } from './logit-lens-grid.tsx';
import type { LensPlace } from './logit-lens-grid.tsx';
import { NoTokenHead, predictsTokens } from './no-token-head.tsx';
import { ScaleLegend } from './scale-legend.tsx';
import { Switch } from './switch.tsx';
import { useLensAnswer } from './use-lens-answer.ts';
import { useShownFigure } from './use-shown-figure.ts';
import { useShownRun } from './use-shown-run.ts';

export function LogitLensStage({ frame }: { frame: Frame }): ReactElement {
  const shown = useShownRun(frame);
  return predictsTokens(shown) ? <Lens frame={shown} /> : <NoTokenHead frame={shown} />;
}

function Lens({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const question = { kind: 'lens', traceId: frame.run.traceId } as const;
  const { asked, value } = useLensAnswer(question);
  return (
    <div className="logit-lens" aria-busy={asked.status === 'pending'} data-testid="logit-lens">
      <AnswerState asked={asked} question={question} working={t('logitLens.working')} testId="lens" />
      {value !== null && <Grid frame={frame} grid={value} />}
    </div>
  );
}

function Grid({ frame, grid }: { frame: Frame; grid: LensGrid }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { colour, layer } = useApp((state) => state.lensView);
  const query = useApp((state) => state.selection.query);
  const [pointed, setPointed] = useState<LensPlace | null>(null);
  const { vocabulary } = frame.model.entry;
  const scale = useMemo(() => lensScale(grid, colour, vocabulary), [grid, colour, vocabulary]);
  const chosen = { layer: Math.min(layer ?? Infinity, grid.layers - 1), position: Math.min(query, grid.tokens - 1) };
  useExported(frame, grid);
  return (
    <>
      <div className="lens-tools">
        <Switch
          label={t('logitLens.colour')}
          choices={LENS_COLOURS.map((id) => ({
            id,
            label: t(`logitLens.colours.${id}`),
            help: t(`logitLens.colourHelp.${id}`),
          }))}
          chosen={colour}
          onChoose={(id) => session.setLensView({ colour: id })}
          testId="lens-colour"
        />
        <ScaleLegend scale={scale} title={t(`logitLens.legendShort.${colour}`)} id="lens-legend" />
        <DataButtons
          frame={frame}
          rows={() => lensTable(grid, frame.run.tokens)}
          facts={() => ({ kind: grid.kind })}
          testId="lens-save"
        />
      </div>
      <p className="note" data-testid="lens-way">
        {t(`logitLens.way.${grid.kind}`)}
        {frame.interventions.length > 0 && ` ${t('logitLens.changed')}`}
      </p>
      <div className="lens-parts">
        <LogitLensGrid
          {...{ grid, scale, colour, chosen }}
          tokens={frame.run.tokens}
          onChoose={(place) => {
            session.setLensView({ layer: place.layer });
            session.select({ query: place.position });
          }}
          onPoint={setPointed}
        />
        <LogitLensCell frame={frame} grid={grid} place={pointed ?? chosen} />
      </div>
    </>
  );
}

/** The grid as a figure to take along. */
function useExported(frame: Frame, grid: LensGrid): void {
  const words = useWords();
  const colour = useApp((state) => state.lensView.colour);
  useShownFigure(useMemo(() => lensExport(frame, grid, colour, words), [frame, grid, colour, words]));
}
