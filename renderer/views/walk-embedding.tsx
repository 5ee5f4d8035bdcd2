/** The token's vector: the rows of the tables, their sum, and what reaches the selected layer. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { shownIndex, tokenLabel } from '../view-models/format.ts';
import { reach, row } from '../view-models/inspector.ts';
import { named, streamOf } from '../view-models/walk-names.ts';
import { MissingLine, VectorLine } from './vector-line.tsx';

const PARTS = ['token', 'position', 'segment'] as const;

export function WalkEmbedding({ frame, query }: { frame: Frame; query: number }): ReactElement {
  const { t } = useTranslation();
  const token = frame.run.tokens[query];
  const vectorOf = (part: string): Float32Array | null => {
    const matrix = named(frame, `embedding.${part}`);
    return matrix === null ? null : row(matrix, query);
  };
  const parts = PARTS.flatMap((part) => {
    const values = vectorOf(part);
    return values === null ? [] : [{ part, values }];
  });
  const sum = vectorOf('sum');
  // One scale for the parts and their sum, so that their sizes can be compared.
  const full = Math.max(...[...parts.map(({ values }) => values), ...(sum === null ? [] : [sum])].map(reach));
  const words = { token: tokenLabel(token?.text ?? ''), layer: shownIndex(frame.selection.layer) };
  const index = { token: query, position: query, segment: frame.model.segments > 1 ? (token?.part ?? 0) : 0 };
  return (
    <div className="walk-vectors">
      {parts.map(({ part, values }, at) => (
        <VectorLine
          key={part}
          name={t(`walk.vector.${part}`, { token: words.token, index: index[part] })}
          values={values}
          hue="product"
          reach={full}
          sign={at === 0 ? '' : '+'}
          testId={`walk-embedding-${part}`}
        />
      ))}
      {sum !== null && (
        <VectorLine
          name={t('walk.vector.sum')}
          values={sum}
          hue="product"
          reach={full}
          sign="="
          testId="walk-embedding-sum"
        />
      )}
      <Entering frame={frame} query={query} />
    </div>
  );
}

/** What reaches the selected layer, and what its attention reads. */
function Entering({ frame, query }: { frame: Frame; query: number }): ReactElement {
  const { t } = useTranslation();
  const stream = streamOf(frame, query);
  const layer = shownIndex(frame.selection.layer);
  const normed = stream.normAfter && frame.selection.layer === 0;
  const name = t(normed ? 'walk.vector.entersNormed' : 'walk.vector.enters', { layer });
  return (
    <>
      {stream.enters === null ? (
        <MissingLine name={name} sign="→" />
      ) : (
        <VectorLine
          name={name}
          values={stream.enters}
          hue="product"
          sign="→"
          testId="walk-enters"
          note={stream.normBefore === false ? t('walk.vector.inputSame') : undefined}
        />
      )}
      {stream.input === null ? (
        <MissingLine name={t('walk.vector.input')} sign="→" />
      ) : (
        stream.normBefore !== false && (
          <VectorLine name={t('walk.vector.input')} values={stream.input} hue="product" sign="→" testId="walk-input" />
        )
      )}
    </>
  );
}
