/** Two tokenizers on the same text, side by side: borders under borders, and what each needs. */
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelEntry, TextInput, Token, TokenizedText } from '../../electron/api/index.ts';
import { tokenizersExport } from '../view-models/export-tokens.ts';
import { failureText } from '../view-models/failure.ts';
import { tokenLabel } from '../view-models/format.ts';
import { stretches, tokenFacts } from '../view-models/token-facts.ts';
import type { Stretch, TokenFacts } from '../view-models/token-facts.ts';
import { useApp, useWords } from './context.tsx';
import { ListPages, pageOf } from './list-pages.tsx';
import { TokenizerExamples } from './tokenizer-examples.tsx';
import { useShownFigure } from './use-shown-figure.ts';
import { useTokenWords } from './use-tokenizing.ts';
import type { TokensAnswer } from './use-tokenizing.ts';

interface TokenizersProps {
  /** The open model, the first one at the beginning. */
  readonly model: string;
  readonly input: TextInput;
}

export function TokenizersStage({ model, input }: TokenizersProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  // Models that cannot be run, too: a tokenizer needs no weights.
  const models = useApp((state) => state.models) ?? [];
  const [chosen, setChosen] = useState<{ readonly left: string | null; readonly right: string | null }>(NONE_CHOSEN);
  const left = models.find(({ id }) => id === chosen.left)?.id ?? model;
  const others = models.filter(({ id }) => id !== left);
  const right =
    (others.find(({ id }) => id === chosen.right) ?? others.find(({ problem }) => problem === null) ?? others[0])?.id ??
    null;
  const answers = [useTokenWords(left, input), useTokenWords(right, input)] as const;
  const sides = useSides(answers[0], answers[1]);
  const failed = answers.map(({ asked }) => asked).find((asked) => asked.status === 'failed');
  return (
    <div className="tokenizers" data-testid="tokenizers">
      <div className="tokenizer-tools">
        <TokenizerPicker
          {...{ models, chosen: left }}
          label={t('tokenizer.one')}
          // The second one makes room where it is chosen as the first.
          onChoose={(id) => setChosen({ left: id, right: id === right ? left : right })}
          testId="one-tokenizer"
        />
        <TokenizerPicker
          {...{ models: others, chosen: right ?? '' }}
          label={t('tokenizer.other')}
          onChoose={(id) => setChosen({ left, right: id })}
          testId="other-tokenizer"
        />
        <TokenizerExamples />
      </div>
      {right === null ? (
        <p className="note">{t('tokenizer.noOther')}</p>
      ) : failed !== undefined ? (
        <p className="problem" role="alert">
          {t('tokenizer.failed')} {failureText(failed.error.failure, words)}
        </p>
      ) : (
        sides !== null && <SideBySide {...sides} />
      )}
    </div>
  );
}

const NONE_CHOSEN = { left: null, right: null };

interface PickerProps {
  readonly models: readonly ModelEntry[];
  readonly chosen: string;
  readonly label: string;
  readonly onChoose: (id: string) => void;
  readonly testId: string;
}

function TokenizerPicker({ models, chosen, label, onChoose, testId }: PickerProps): ReactElement {
  return (
    <label className="beside-field">
      <span>{label}</span>
      <select value={chosen} onChange={({ target }) => onChoose(target.value)} data-testid={testId}>
        {models.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Both answers, once both questions have theirs; until then the two before, never one of each. */
function useSides(left: TokensAnswer, right: TokensAnswer): SidesProps | null {
  const [last, setLast] = useState<SidesProps | null>(null);
  const [a, b] = [left.of.model, right.of.model];
  if (left.asked.status !== 'ready' || right.asked.status !== 'ready' || a === null || b === null) return last;
  const texts = [left.asked.part, right.asked.part] as const;
  const isNew = last?.texts[0] !== texts[0] || last.texts[1] !== texts[1];
  const sides: SidesProps = isNew ? { names: [a, b], input: left.of.input, texts } : last;
  if (isNew) setLast(sides);
  return sides;
}

interface SidesProps {
  readonly names: readonly [string, string];
  readonly input: TextInput;
  readonly texts: readonly [TokenizedText, TokenizedText];
}

function SideBySide({ names, input, texts }: SidesProps): ReactElement {
  const [left, right] = texts;
  const parts = useMemo(() => {
    const pair = input.pair === undefined || input.pair.trim() === '' ? [] : [input.pair];
    return [input.text, ...pair].map((text, part) => {
      const of = (tokens: readonly Token[]) => tokens.filter((token) => token.part === part);
      return stretches(text.length, of(left.tokens), of(right.tokens));
    });
  }, [input, left, right]);
  const words = useWords();
  useShownFigure(useMemo(() => tokenizersExport(names, texts, words), [names, texts, words]));
  const facts = texts.map(({ tokens, unknown }) => tokenFacts(textsOf(input), tokens, unknown));
  return (
    <>
      <FactsTable names={names} kinds={texts.map(({ kind }) => kind)} facts={facts} />
      {parts.map((part, at) => (
        <Borders key={at} names={names} parts={part} />
      ))}
    </>
  );
}

const textsOf = ({ text, pair }: TextInput): readonly string[] =>
  pair === undefined || pair.trim() === '' ? [text] : [text, pair];

function FactsTable({
  names,
  kinds,
  facts,
}: {
  names: readonly string[];
  kinds: readonly string[];
  facts: readonly TokenFacts[];
}) {
  const { t } = useTranslation();
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [t('tokenizer.fact.kind'), kinds],
    [t('tokenizer.fact.tokens'), facts.map(({ tokens }) => String(tokens))],
    [t('tokenizer.fact.words'), facts.map(({ words }) => String(words))],
    [t('tokenizer.fact.tokensPerWord'), facts.map(({ tokensPerWord }) => number(tokensPerWord))],
    [t('tokenizer.fact.bytes'), facts.map(({ bytes }) => String(bytes))],
    [t('tokenizer.fact.bytesPerToken'), facts.map(({ bytesPerToken }) => number(bytesPerToken))],
    [t('tokenizer.fact.unknown'), facts.map(({ unknown }) => String(unknown))],
  ];
  return (
    <table className="table tokenizer-facts" data-testid="tokenizer-facts">
      <thead>
        <tr>
          <td />
          {names.map((name, at) => (
            <th key={at} className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, values]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {values.map((value, at) => (
              <td key={at} className="number">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Stretches that are drawn at once. */
const STRETCHES = 400;

function Borders({ names, parts }: { names: readonly [string, string]; parts: readonly Stretch[] }): ReactElement {
  const { t } = useTranslation();
  const [shown, setShown] = useState(0);
  const { from, to } = pageOf(shown, parts.length, STRETCHES);
  const unlike = parts.filter(({ same }) => !same).length;
  return (
    <>
      <p className="note" data-testid="unlike">
        {t('tokenizer.unlike', { count: unlike, all: parts.length })}
      </p>
      <ListPages from={from} to={to} count={parts.length} onPage={setShown} />
      <ol className="stretches" aria-label={t('tokenizer.sideBySide', { left: names[0], right: names[1] })}>
        {parts.slice(from, to).map(({ start, left, right, same }) => (
          <li key={start} className={same ? 'stretch' : 'stretch unlike'}>
            <Row tokens={left} />
            <Row tokens={right} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ tokens }: { tokens: readonly Token[] }): ReactElement {
  return (
    <span className="stretch-row">
      {tokens.map(({ index, text, id, piece }) => (
        <span key={index} className="token-part" title={`${tokenLabel(piece)} · ${id}`}>
          {tokenLabel(text)}
        </span>
      ))}
    </span>
  );
}
