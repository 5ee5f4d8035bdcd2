/** The sentence: typed here, run as it is typed, shown as the tokens that the model reads. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { Cross } from '../components/icons.tsx';
import { EXAMPLE_TEXT } from '../state/worked-example.ts';
import { useApp, useSession } from './context.tsx';
import { HistoryMenu } from './history-menu.tsx';
import { TokenChips } from './token-chips.tsx';
import { useRecall } from './use-recall.ts';

export function SentenceBox(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const pair = useApp((state) => state.pair);
  const takesPair = useApp((state) => state.covered === null && (state.model.opened?.takesPair ?? false));
  const [pairOpen, setPairOpen] = useState(false);
  const showPair = takesPair && (pairOpen || pair !== '');
  const toggle = (): void => {
    setPairOpen(!showPair);
    if (showPair && pair !== '') session.setPair('');
  };
  return (
    <section className="sentence-place" aria-label={t('sentence.label')} data-testid="sentence-box">
      <div className="sentence">
        <div className="sentence-lines">
          <SentenceInput />
          {showPair && <PairInput />}
          <HistoryMenu />
          {takesPair && (
            <Button
              className="pair-button"
              data-testid="pair-button"
              aria-label={t(showPair ? 'sentence.removePair' : 'sentence.addPair')}
              onPress={toggle}
            >
              {showPair ? <Cross /> : '+ 2'}
            </Button>
          )}
        </div>
        <TokenChips />
      </div>
    </section>
  );
}

function SentenceInput(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const text = useApp((state) => state.text);
  const failed = useApp((state) => state.run.status === 'failed');
  const isExample = useApp((state) => state.covered !== null);
  const shown = isExample ? EXAMPLE_TEXT : text;
  const area = useRef<HTMLTextAreaElement>(null);
  const recall = useRecall();
  useLayoutEffect(() => {
    fitHeight(area.current);
  }, [shown]);
  return (
    <textarea
      id="sentence"
      ref={area}
      className="sentence-input"
      data-testid="sentence"
      aria-label={t('sentence.label')}
      aria-invalid={failed}
      placeholder={t('sentence.placeholder')}
      rows={1}
      spellCheck={false}
      autoComplete="off"
      value={shown}
      readOnly={isExample}
      onChange={(event) => session.setText(event.target.value)}
      onKeyDown={(event) => {
        if (!recall(event)) runOnEnter(event, () => void (isExample || session.runner.runNow()));
      }}
      onBlur={(event) => event.target.scrollTo({ top: 0 })}
    />
  );
}

function PairInput(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const pair = useApp((state) => state.pair);
  return (
    <input
      className="sentence-input pair"
      data-testid="pair"
      aria-label={t('sentence.pairLabel')}
      placeholder={t('sentence.pairPlaceholder')}
      spellCheck={false}
      autoComplete="off"
      value={pair}
      onChange={(event) => session.setPair(event.target.value)}
      onKeyDown={(event) => runOnEnter(event, () => void session.runner.runNow())}
    />
  );
}

/** Enter runs at once; Shift+Enter begins a new line. */
function runOnEnter(event: KeyboardEvent, run: () => void): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  run();
}

/** Grows a text area with its text, to the height that CSS allows. */
function fitHeight(area: HTMLTextAreaElement | null): void {
  if (area === null) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
