/** q, k and their product as strips: the score is the sum of the last one. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../components/use-size.ts';
import { vectorStrip } from '../figures/vector-strip.ts';
import type { StripHue } from '../figures/vector-strip.ts';
import { exactNumber, formatNumber } from '../view-models/format.ts';
import { products, reach, row } from '../view-models/inspector.ts';
import type { CellNumbers } from '../view-models/inspector.ts';
import { useTheme, useWords } from './context.tsx';
import type { InspectorMatrices } from './use-cell.ts';

interface CellVectorsProps {
  readonly matrices: InspectorMatrices;
  readonly numbers: CellNumbers;
  readonly query: string;
  readonly keyText: string;
}

export function CellVectors({ matrices, numbers, query, keyText }: CellVectorsProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const q = row(matrices.q, numbers.query);
  const k = row(matrices.k, numbers.key);
  const product = products(q, k);
  // Of a long text only these two vectors are here, and each has a scale of its own.
  const help = t(matrices.q.rows === null ? 'inspector.scaleHelp' : 'inspector.scaleHelpOwn');
  const sides = { q: reach(matrices.q.data), k: reach(matrices.k.data) };
  const note = (side: number): string =>
    words('inspector.numbers', { numbers: q.length, value: formatNumber(side, 3) });
  return (
    <div className="card vectors" data-testid="vectors-card">
      <Strip hue="query" values={q} reach={sides.q} note={note(sides.q)} help={help}>
        <span className="q">q</span> {query}
      </Strip>
      <Strip hue="key" values={k} reach={sides.k} note={note(sides.k)} help={help}>
        <span className="k">k</span> {keyText}
      </Strip>
      <Strip
        hue="product"
        values={product}
        reach={reach(product)}
        note={t('inspector.sum', { value: formatNumber(numbers.score) })}
        help={t('inspector.scaleHelpOwn')}
      >
        {t('inspector.product')}
      </Strip>
    </div>
  );
}

interface StripProps {
  readonly hue: StripHue;
  readonly values: Float32Array;
  readonly reach: number;
  readonly note: string;
  /** What the full colour means. */
  readonly help: string;
  readonly children: ReactNode;
}

const STRIP_HEIGHT = 14;

function Strip({ hue, values, reach: largest, note, help, children }: StripProps): ReactElement {
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const width = size?.width ?? 0;
  useLayoutEffect(() => {
    if (place.current === null || width < values.length / 4) return;
    const title = place.current.dataset['name'] ?? '';
    const input = { values, hue, theme, width, height: STRIP_HEIGHT, title, id: `strip-${hue}` };
    place.current.replaceChildren(vectorStrip(largest > 0 ? { ...input, reach: largest } : input, { document }));
  }, [values, hue, theme, width, largest]);
  return (
    <div className="strip-row">
      <div className="strip-words">
        <span className="mono">{children}</span>
        <span className="quiet" title={help}>
          {note}
        </span>
      </div>
      <div
        ref={place}
        className="strip"
        data-name={hue}
        data-testid={`strip-${hue}`}
        onPointerMove={(event) => {
          const { left, width: wide } = event.currentTarget.getBoundingClientRect();
          const index = Math.min(values.length - 1, Math.floor(((event.clientX - left) / wide) * values.length));
          event.currentTarget.title = `[${index}] ${exactNumber(values[index] ?? NaN)}`;
        }}
      />
    </div>
  );
}
