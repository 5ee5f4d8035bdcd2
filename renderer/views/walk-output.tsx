/** What the layer writes into the residual stream at one token: head by head, together, and the stream before and after. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import type { Frame } from '../state/frames.ts';
import { exactNumber, formatNumber, shownIndex } from '../view-models/format.ts';
import { at } from '../view-models/inspector.ts';
import { sumOf } from '../view-models/walk.ts';
import { siteValue, streamOf } from '../view-models/walk-names.ts';
import { useApp, useSession } from './context.tsx';
import { MissingLine, VectorLine } from './vector-line.tsx';

interface WalkPlaceProps {
  readonly frame: Frame;
  readonly query: number;
}

/** All heads · W_O + residual. */
export function WalkOutput({ frame, query }: WalkPlaceProps): ReactElement {
  const { t } = useTranslation();
  const { enters, output, normAfter } = streamOf(frame, query);
  return (
    <div className="walk-vectors">
      <HeadWrites frame={frame} query={query} />
      {enters === null ? (
        <MissingLine name={t('walk.vector.before')} />
      ) : (
        <VectorLine name={t('walk.vector.before')} values={enters} hue="product" testId="walk-before" />
      )}
      {output !== null && (
        <VectorLine name={t('walk.vector.attention')} values={output} hue="product" sign="+" testId="walk-output" />
      )}
      {enters !== null && output !== null && (
        <VectorLine
          name={t(normAfter ? 'walk.vector.afterPlain' : 'walk.vector.after')}
          values={sumOf([enters, output])}
          hue="product"
          sign="="
          testId="walk-after"
        />
      )}
    </div>
  );
}

/** Residual stream: before, + attention, + MLP, after. */
export function WalkResidual({ frame, query }: WalkPlaceProps): ReactElement {
  const { t } = useTranslation();
  const { enters, output, mlp, leaves, normAfter } = streamOf(frame, query);
  const layer = shownIndex(frame.selection.layer);
  const lines = [
    { name: t('walk.vector.before'), values: enters, sign: '', id: 'before' },
    { name: t('walk.vector.attention'), values: output, sign: '+', id: 'output' },
    { name: t('walk.vector.mlp'), values: mlp, sign: '+', id: 'mlp' },
    {
      name: t(normAfter ? 'walk.vector.leavesNormed' : 'walk.vector.leaves', { layer }),
      values: leaves,
      sign: normAfter ? '→' : '=',
      id: 'leaves',
    },
  ];
  return (
    <div className="walk-vectors">
      {lines.map(({ name, values, sign, id }) =>
        values === null ? (
          <MissingLine key={id} name={name} sign={sign} />
        ) : (
          <VectorLine key={id} name={name} values={values} hue="product" sign={sign} testId={`walk-${id}`} />
        ),
      )}
    </div>
  );
}

/** ‖z·W_O‖ of every head of the layer at this token; a click makes a head the selected one. */
function HeadWrites({ frame, query }: WalkPlaceProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const selected = useApp((state) => state.selection.head);
  const norms = siteValue(frame, 'outputNorm');
  const title = t('walk.heads');
  if (norms === null) return <MissingLine name={title} />;
  const values = Array.from({ length: norms.dims[0] ?? 0 }, (_, head) => at(norms, head, query));
  const most = Math.max(...values);
  return (
    <div className="head-writes" role="group" aria-label={title.replaceAll('_', '')} data-testid="walk-heads">
      <p className="vector-name">
        <MathText>{title}</MathText>
      </p>
      <ul>
        {values.map((value, head) => (
          <li key={head}>
            <button
              type="button"
              className="head-write"
              aria-pressed={head === selected}
              onClick={() => session.select({ head })}
            >
              <span>{t('walk.headLine', { head: shownIndex(head) })}</span>
              <span className="key-bar" aria-hidden="true">
                <span className="key-fill above" style={{ left: 0, width: `${(100 * value) / most}%` }} />
              </span>
              <span className="number" title={exactNumber(value)} data-testid={`walk-head-${head}`}>
                {formatNumber(value, 3)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
