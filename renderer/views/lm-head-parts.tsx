/** Parts of the output layer's figure: how one token gets its logit and its probability, and the candidates. */
import { Fragment } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RankedToken } from '../../electron/api/index.ts';
import type { Distribution } from '../state/distributions.ts';
import { borderOf, chainOf, percent, pieceLabel, probabilityText, productSum } from '../view-models/distribution.ts';
import { exactDouble, exactNumber, formatCount, formatNumber } from '../view-models/format.ts';
import { useWords } from './context.tsx';
import { VectorLine } from './vector-line.tsx';

interface LogitMakingProps {
  readonly distribution: Distribution;
  /** The same place, with the product of the token that is taken apart; null until it is there. */
  readonly apart: Distribution | null;
  readonly id: number | null;
}

export function LogitMaking({ distribution, apart, id }: LogitMakingProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const token = distribution.candidates.find((candidate) => candidate.id === id) ?? distribution.candidates[0];
  if (token === undefined) return <p className="note">{t('stage.drawing')}</p>;
  const label = pieceLabel(token.text);
  return (
    <section className="lm-making" aria-label={t('lmHead.making', { token: label })} data-testid="lm-making">
      <h3>{t('lmHead.making', { token: label })}</h3>
      {apart?.product?.id === token.id ? (
        <Product distribution={apart} label={label} />
      ) : (
        <p className="note">{t('stage.drawing')}</p>
      )}
      <h3>{t('lmHead.chain')}</h3>
      <ol className="lm-chain" data-testid="lm-chain">
        {chainOf(distribution, token, words).map(({ id: step, label: name, value, isCut }) => (
          <li key={step} className={isCut ? 'cut' : undefined} data-testid={`lm-step-${step}`}>
            <span>{name}</span>
            <b className="mono">{value}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Product({ distribution, label }: { distribution: Distribution; label: string }): ReactElement | null {
  const { t } = useTranslation();
  const { product, kind } = distribution;
  if (product === null) return null;
  const { features, row, bias, tied } = product;
  const products = productSum(distribution);
  const sum = products.reduce((total, value) => total + value, bias);
  const written = formatNumber(sum);
  return (
    <div className="walk-vectors">
      <VectorLine
        name={t(kind === 'masked-token' ? 'lmHead.featuresAfter' : 'lmHead.features')}
        values={features}
        hue="product"
        testId="lm-features"
      />
      <VectorLine
        name={t(tied ? 'lmHead.row' : 'lmHead.rowOwn', { token: label })}
        values={row}
        hue="product"
        sign="⊙"
        testId="lm-row"
      />
      <VectorLine name={t('lmHead.product')} values={products} hue="product" sign="=" testId="lm-product" />
      <p className="lm-sum mono" title={exactDouble(sum)} data-testid="lm-sum">
        {bias === 0
          ? t('lmHead.sum', { sum: written })
          : t('lmHead.sumBias', { sum: written, bias: formatNumber(bias) })}
      </p>
    </div>
  );
}

interface CandidateTableProps {
  readonly distribution: Distribution;
  /** The token that is taken apart. */
  readonly chosen: number | null;
  readonly onChoose: (id: number) => void;
}

export function CandidateTable({ distribution, chosen, onChoose }: CandidateTableProps): ReactElement {
  const { t } = useTranslation();
  const { candidates } = distribution;
  const border = borderOf(distribution);
  const most = Math.max(candidates[0]?.sampled ?? 0, candidates[0]?.probability ?? 0) || 1;
  return (
    <table className="table prediction lm-table" data-testid="lm-table">
      <thead>
        <tr>
          <th className="number">{t('lmHead.rank')}</th>
          <th>{t('stage.candidate')}</th>
          <td className="bar-cell" />
          <th className="number" title={t('lmHead.ownHelp')}>
            <span className="swatch own" aria-hidden="true" />
            {t('lmHead.own')}
          </th>
          <th className="number" title={t('lmHead.sampledHelp')}>
            <span className="swatch" aria-hidden="true" />
            {t('lmHead.sampled')}
          </th>
          <th className="number roomy">{t('stage.logit')}</th>
          <th className="number roomy">{t('stage.columns.id')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((token) => (
          <Fragment key={token.id}>
            {token.rank === border && <BorderRow distribution={distribution} />}
            <CandidateRow {...{ token, most, onChoose }} isChosen={token.id === chosen} />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function BorderRow({ distribution: { kept, vocabulary, keptMass } }: { distribution: Distribution }): ReactElement {
  const { t } = useTranslation();
  const facts = { count: formatCount(vocabulary - kept), mass: percent(1 - keptMass) };
  return (
    <tr className="lm-border" data-testid="lm-border">
      <td colSpan={7}>{t('lmHead.border', facts)}</td>
    </tr>
  );
}

interface CandidateRowProps {
  readonly token: RankedToken;
  /** The largest probability of the list. */
  readonly most: number;
  readonly isChosen: boolean;
  readonly onChoose: (id: number) => void;
}

function CandidateRow({ token, most, isChosen, onChoose }: CandidateRowProps): ReactElement {
  const { t } = useTranslation();
  const label = pieceLabel(token.text);
  const width = (share: number): { width: string } => ({ width: `${(100 * share) / most}%` });
  return (
    <tr className={token.sampled === 0 ? 'cut' : undefined} data-testid={`lm-candidate-${token.rank}`}>
      <td className="number">{token.rank}</td>
      <td className="mono">
        <button
          type="button"
          className="candidate-button"
          aria-pressed={isChosen}
          title={t('lmHead.choose', { token: label })}
          onClick={() => onChoose(token.id)}
        >
          {label}
        </button>
      </td>
      <td className="bar-cell" aria-hidden="true">
        <span className="bar sampled" style={width(token.sampled)} />
        <span className="bar own" style={width(token.probability)} />
      </td>
      <td className="number" title={exactDouble(token.probability)}>
        {probabilityText(token.probability)}
      </td>
      <td className="number" title={exactDouble(token.sampled)}>
        {probabilityText(token.sampled)}
      </td>
      <td className="number roomy" title={exactNumber(token.logit)}>
        {formatNumber(token.logit)}
      </td>
      <td className="number roomy">{token.id}</td>
    </tr>
  );
}
