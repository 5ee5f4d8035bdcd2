/** The head's weights of the chosen point's sentence, small: a cell is a query and a key of the picture. */
import { useCallback, useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { weightScale } from '../figures/colour-scale.ts';
import { cellAt, heatmap, heatmapLayout } from '../figures/heatmap.ts';
import type { HeatmapInput } from '../figures/heatmap.ts';
import type { JointSet } from '../state/joint-view.ts';
import { cellMoved } from '../state/selection.ts';
import { axisLabels } from '../view-models/figure-input.ts';
import { formatNumber, tokenLabel } from '../view-models/format.ts';
import { pointAt } from '../view-models/joint.ts';
import { useServices, useSession, useTheme, useWords } from './context.tsx';
import { FigureSurface } from './figure-surface.tsx';
import { paintHeatmap } from './paint.ts';
import { useCellPointer } from './use-cell-pointer.tsx';
import type { JointFocus } from './use-joint-focus.ts';

interface JointMapProps {
  readonly set: JointSet;
  readonly focus: JointFocus;
}

/** In px. */
const SIDE = 250;

export function JointMap({ set, focus }: JointMapProps): ReactElement | null {
  const { chosen, points } = focus;
  const sentence = (chosen === null ? undefined : points[chosen]?.sentence) ?? 0;
  return set.sentences[sentence] === undefined ? null : <Map set={set} focus={focus} sentence={sentence} />;
}

function Map({ set, focus, sentence }: JointMapProps & { readonly sentence: number }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { hover } = useServices();
  const input = useInput(set, sentence);
  const layout = useMemo(() => heatmapLayout(input), [input]);
  const { row, column } = useCell(focus, sentence);
  const paint = useCallback((canvas: HTMLCanvasElement) => paintHeatmap(canvas, input, layout), [input, layout]);
  const draw = useCallback(
    () => heatmap({ ...input, selection: { row, column } }, { document, cells: 'omit', layout }),
    [input, layout, row, column],
  );
  const textOf = (cell: { readonly row: number; readonly column: number }): string => {
    const label = (at: number): string => tokenLabel(set.sentences[sentence]?.tokens[at]?.text ?? '');
    const weight = input.matrix[cell.row * input.columns + cell.column] ?? NaN;
    return `${label(cell.row)} → ${label(cell.column)}  ${weight === -Infinity ? t('stage.hidden') : formatNumber(weight)}`;
  };
  const choose = (cell: { readonly row: number; readonly column: number }): void => {
    if (sentence === 0) session.select({ query: cell.row, key: cell.column });
    focus.choose(pointAt(set, { kind: 'query', sentence, position: cell.row }));
  };
  const pointer = useCellPointer({
    find: (x, y) => cellAt(layout, input, x, y),
    boxOf: (cell) => ({
      x: layout.cells.x + cell.column * layout.cellSize,
      y: layout.cells.y + cell.row * layout.cellSize,
      width: layout.cellSize,
      height: layout.cellSize,
    }),
    textOf,
    onHover: (cell) => {
      if (sentence === 0) hover.set(cell === null ? null : { query: cell.row, key: cell.column });
    },
    onChoose: choose,
  });
  const at = { row: row ?? 0, column: column ?? 0 };
  return (
    <div className="joint-map" style={{ height: layout.height }}>
      <FigureSurface
        width={layout.width}
        height={layout.height}
        paint={paint}
        draw={draw}
        pointer={pointer}
        onMove={(move) => choose(cellMoved(at, move, input))}
        label={t('joint.map', { sentence })}
        readout={row === undefined || column === undefined ? '' : textOf({ row, column })}
        testId="joint-map"
        rows={input.rows}
        columns={input.columns}
      />
    </div>
  );
}

function useInput(set: JointSet, sentence: number): HeatmapInput {
  const theme = useTheme();
  const words = useWords();
  return useMemo(() => {
    const { pattern, sees, tokens } = set.sentences[sentence] ?? { pattern: new Float32Array(), sees: [], tokens: [] };
    const labels = axisLabels(tokens);
    return {
      matrix: pattern.map((weight, cell) => (sees[cell] === 1 ? weight : -Infinity)),
      ...{ rows: tokens.length, columns: tokens.length, rowLabels: labels, columnLabels: labels },
      ...{ rowTitle: words('stage.query'), columnTitle: words('stage.key'), title: '', subtitle: '' },
      ...{ legendTitle: words('stage.legend.weight'), scale: weightScale(), theme, id: 'joint-map' },
      ...{ maxWidth: SIDE, maxHeight: SIDE, maxCell: 16 },
    };
  }, [set, sentence, theme, words]);
}

/** The cell of the selection, or the row or column of a point of another sentence. */
function useCell({ points, chosen, query, key }: JointFocus, sentence: number) {
  const of = (point: number | null): number | undefined => (point === null ? undefined : points[point]?.position);
  if (sentence === 0) return { row: of(query), column: of(key) };
  const isQuery = chosen !== null && points[chosen]?.kind === 'query';
  return { row: isQuery ? of(chosen) : undefined, column: isQuery ? undefined : of(chosen) };
}
