/** x → q, k, v of one token and one head; the same as one row of the matrices of all tokens. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { row } from '../view-models/inspector.ts';
import { siteValue, streamOf } from '../view-models/walk-names.ts';
import { useSession } from './context.tsx';
import { MissingLine, VectorLine } from './vector-line.tsx';

const VECTORS = [
  { value: 'q', hue: 'query' },
  { value: 'k', hue: 'key' },
  { value: 'v', hue: 'value' },
] as const;

export function WalkQkv({ frame, query }: { frame: Frame; query: number }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { input } = streamOf(frame, query);
  const index = query;
  return (
    <div className="walk-vectors">
      {input === null ? (
        <MissingLine name={t('walk.vector.x')} />
      ) : (
        <VectorLine name={t('walk.vector.x')} values={input} hue="product" testId="walk-x" />
      )}
      {VECTORS.map(({ value, hue }) => {
        const matrix = siteValue(frame, value);
        return matrix === null ? null : (
          <VectorLine
            key={value}
            name={t(`walk.vector.${value}`)}
            values={row(matrix, query)}
            hue={hue}
            sign="→"
            testId={`walk-${value}`}
          />
        );
      })}
      <div className="walk-parallel">
        <p>
          <MathText>{t('walk.parallel', { index })}</MathText>
        </p>
        <Button className="button small" onPress={() => session.select({ mode: 'all' })} data-testid="walk-see-all">
          {t('walk.seeAll', { index })}
        </Button>
      </div>
    </div>
  );
}
