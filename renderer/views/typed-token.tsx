/** The exact rank and probability of any token that is typed, in the ways that the text can go on with it. */
import { useId } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedText } from '../../electron/api/index.ts';
import type { Distribution } from '../state/distributions.ts';
import { pieceLabel, probabilityText } from '../view-models/distribution.ts';
import { exactDouble, formatCount } from '../view-models/format.ts';

interface TypedTokenProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly distribution: Distribution | null;
  /** Why there is nothing to show for what was typed. */
  readonly problem: string | null;
}

/** The field; `TypedResults` are what is found. */
export function TypedField({ typed, onType, distribution, problem }: TypedTokenProps): ReactElement {
  const { t } = useTranslation();
  const [field, help] = [useId(), useId()];
  const vocabulary = distribution === null ? '' : formatCount(distribution.vocabulary);
  return (
    <div className="lm-field">
      <label htmlFor={field}>{t('lmHead.typed')}</label>
      <input
        id={field}
        className="text-field mono"
        value={typed}
        placeholder={t('lmHead.typedPlaceholder')}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={help}
        onChange={({ target }) => onType(target.value)}
        data-testid="lm-typed-field"
      />
      <span id={help} className={problem === null ? 'note' : 'field-problem'} data-testid="lm-typed-help">
        {problem ?? t('lmHead.typedHelp', { vocabulary })}
      </span>
    </div>
  );
}

/** What was typed, in each way that it can be read; nothing while nothing is typed. */
export function TypedResults({
  named,
  vocabulary: size,
}: Pick<Distribution, 'named' | 'vocabulary'>): ReactElement | null {
  const { t } = useTranslation();
  const vocabulary = formatCount(size);
  const longest = Math.max(0, ...named.map(({ pieces }) => pieces.length));
  if (named.length === 0) return null;
  return (
    <section className="lm-typed" aria-label={t('lmHead.typed')} data-testid="lm-typed">
      <table className="table lm-named" data-testid="lm-named">
        <thead>
          <tr>
            <th>{t('lmHead.columns.reading')}</th>
            <th>{t('lmHead.columns.pieces')}</th>
            <th className="number">{t('lmHead.columns.rank')}</th>
            <th className="number">{t('lmHead.columns.own')}</th>
            <th className="number">{t('lmHead.columns.sampled')}</th>
            <th className="number">{t('lmHead.columns.id')}</th>
          </tr>
        </thead>
        <tbody>
          {named.map((each) => (
            <NamedRow key={each.reading} named={each} vocabulary={vocabulary} />
          ))}
        </tbody>
      </table>
      {longest > 1 && <p className="note">{t('lmHead.more', { count: longest })}</p>}
    </section>
  );
}

function NamedRow({ named, vocabulary }: { named: NamedText; vocabulary: string }): ReactElement {
  const { t } = useTranslation();
  const { reading, pieces, token } = named;
  const [first, ...others] = pieces;
  return (
    <tr data-testid={`lm-named-${reading}`}>
      <td>{t(`lmHead.reading.${reading}`)}</td>
      <td className="mono">
        {pieceLabel(first?.text ?? '')}
        {others.length > 0 && (
          <span className="quiet"> + {others.map(({ text }) => pieceLabel(text)).join(' + ')}</span>
        )}
      </td>
      <td className="number">
        {formatCount(token.rank)}
        <span className="quiet"> / {vocabulary}</span>
      </td>
      <td className="number" title={exactDouble(token.probability)}>
        {probabilityText(token.probability)}
      </td>
      <td className="number" title={exactDouble(token.sampled)}>
        {probabilityText(token.sampled)}
      </td>
      <td className="number">{token.id}</td>
    </tr>
  );
}
