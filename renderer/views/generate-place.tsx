/** What there is, or was, to choose from at a place of the generated text; another candidate taken there is a branch. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { GeneratedToken, GenerationState, RankedToken } from '../../electron/api/index.ts';
import type { Distribution, DistributionQuestion } from '../state/distributions.ts';
import { filtersOf } from '../state/sampling.ts';
import { keptText, pieceLabel, probabilityText } from '../view-models/distribution.ts';
import { failureText } from '../view-models/failure.ts';
import { exactDouble, shownIndex } from '../view-models/format.ts';
import type { TextToken } from '../view-models/generation.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { useDistribution } from './use-distribution.ts';

/** As many candidates are listed; a low window shows the first half. */
const LISTED = 16;

interface GeneratePlaceProps {
  readonly state: GenerationState;
  /** The place; as many as there are tokens: the next one. */
  readonly shown: number;
  /** What stands there; null for the next one. */
  readonly token: TextToken | null;
}

export function GeneratePlace({ state, shown, token }: GeneratePlaceProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { asked, distribution, stale } = useDistribution(useQuestion(state, shown));
  const title =
    token === null
      ? t('generate.candidatesNext')
      : t('generate.candidates', { index: shownIndex(token.index), token: token.label });
  const isGiven = token !== null && token.generated === null;
  return (
    <section
      className="generate-part"
      aria-label={title}
      aria-busy={stale || (distribution === null && !isGiven)}
      data-testid="generate-place"
    >
      <h3 title={t('generate.candidatesHelp')}>{title}</h3>
      {token !== null && <Chosen token={token} />}
      {asked.status === 'failed' && <p className="field-problem">{failureText(asked.error.failure, words)}</p>}
      {distribution !== null && (
        <>
          <Candidates distribution={distribution} position={shown} taken={token?.generated ?? null} />
          <p className="note">{keptText(distribution, words)}</p>
        </>
      )}
    </section>
  );
}

function useQuestion(
  { generationId, prompt, path, maxTokens }: GenerationState,
  position: number,
): DistributionQuestion | null {
  const sampling = useApp((state) => state.sampling);
  if (position < prompt.length || position > prompt.length + path.length || position >= maxTokens) return null;
  const after = path[position - prompt.length - 1]?.node ?? null;
  const place = { of: 'generation', id: generationId, position, after } as const;
  return { place, filters: filtersOf(sampling), candidates: LISTED, named: '', product: null };
}

/** How the token that stands there was chosen. */
function Chosen({ token: { generated } }: { token: TextToken }): ReactElement {
  const { t } = useTranslation();
  if (generated === null) return <p className="note">{t('generate.candidatesGiven')}</p>;
  const { by, rank, sampled, probability } = generated;
  const how = t(`generate.chosenBy.${by}`, { rank, sampled: sampled === null ? '' : probabilityText(sampled) });
  return (
    <p className="note" data-testid="generate-chosen">
      {how} ·{' '}
      <span title={exactDouble(probability)}>
        {t('generate.probability', { probability: probabilityText(probability) })}
      </span>
    </p>
  );
}

interface CandidatesProps {
  readonly distribution: Distribution;
  readonly position: number;
  /** The token that stands there; null for the next one. */
  readonly taken: GeneratedToken | null;
}

function Candidates({ distribution, position, taken }: CandidatesProps): ReactElement {
  const isGreedy = useApp((state) => state.sampling.mode === 'greedy');
  const { candidates } = distribution;
  const valueOf = ({ probability, sampled }: Pick<RankedToken, 'probability' | 'sampled'>): number =>
    isGreedy ? probability : sampled;
  const most = Math.max(...candidates.map(valueOf)) || 1;
  const isListed = candidates.some(({ id }) => id === taken?.id);
  return (
    <ul className="generate-bars" data-testid="generate-candidates">
      {candidates.map((token) => (
        <CandidateBar
          key={token.id}
          {...{ token, position, most }}
          value={valueOf(token)}
          isTaken={token.id === taken?.id}
        />
      ))}
      {taken !== null && !isListed && (
        <CandidateBar
          {...{ token: taken, position, most }}
          value={valueOf({ ...taken, sampled: taken.sampled ?? taken.probability })}
          isTaken
        />
      )}
    </ul>
  );
}

interface CandidateBarProps {
  readonly token: Pick<RankedToken, 'id' | 'text' | 'rank'>;
  readonly position: number;
  readonly value: number;
  /** The largest value of the list. */
  readonly most: number;
  readonly isTaken: boolean;
}

/** A click takes the candidate at its place. */
function CandidateBar({ token, position, value, most, isTaken }: CandidateBarProps): ReactElement {
  const { t } = useTranslation();
  const { generation } = useSession();
  const label = pieceLabel(token.text);
  const take = (): void => {
    if (!isTaken) generation.branch(position, token.id);
  };
  return (
    <li className={isTaken ? 'kept-in-sight' : undefined}>
      <button
        type="button"
        className={value === 0 ? 'bar-button cut' : 'bar-button'}
        aria-pressed={isTaken}
        title={isTaken ? t('generate.taken') : t('generate.take1', { token: label })}
        onClick={take}
        data-testid={`generate-candidate-${token.rank}`}
      >
        <span className="mono bar-name">{label}</span>
        <span className="quiet">{token.rank}</span>
        <span className="bar-room" aria-hidden="true">
          <span className="bar" style={{ width: `${(100 * Math.min(value, most)) / most}%` }} />
        </span>
        <span className="number mono" title={exactDouble(value)}>
          {probabilityText(value)}
        </span>
      </button>
    </li>
  );
}
