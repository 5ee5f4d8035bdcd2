/** The formula filled with the cell's numbers. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettled } from '../components/use-settled.ts';
import { useSize } from '../components/use-size.ts';
import { formulaLines } from '../view-models/formula.ts';
import type { CellNumbers } from '../view-models/inspector.ts';
import { TeX } from './tex.tsx';

/** Setting a formula takes longer than a frame of the screen: it waits until the pointer rests. */
const SETTLE_MS = 80;

interface FormulaProps {
  readonly numbers: CellNumbers;
  readonly dHead: number;
  readonly query: string;
  readonly keyText: string;
}

export function Formula({ numbers, dHead, query, keyText }: FormulaProps): ReactElement {
  const { t } = useTranslation();
  const text = useSettled(formulaLines(numbers, dHead, query, keyText).join('\n'), SETTLE_MS);
  const lines = text.split('\n');
  const card = useRef<HTMLDivElement>(null);
  const size = useSize(card);
  // A formula wider than its card scrolls, and then the keys have to reach it.
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return;
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  }, [text, size]);
  return (
    <div
      ref={card}
      className="card formula"
      role="group"
      aria-label={t('inspector.formula')}
      data-testid="formula"
      data-own-keys
    >
      {lines.map((tex, index) => (
        <TeX key={index} tex={tex} />
      ))}
    </div>
  );
}
