/** The formula filled with the cell's numbers, drawn by KaTeX as elements: its styles go through the CSSOM, which the CSP allows. */
import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formulaLines } from '../view-models/formula.ts';
import type { CellNumbers } from '../view-models/inspector.ts';

interface FormulaProps {
  readonly numbers: CellNumbers;
  readonly dHead: number;
  readonly query: string;
  readonly keyText: string;
}

export function Formula({ numbers, dHead, query, keyText }: FormulaProps): ReactElement {
  const { t } = useTranslation();
  const lines = formulaLines(numbers, dHead, query, keyText);
  return (
    <div className="card formula" role="group" aria-label={t('inspector.formula')} data-testid="formula">
      {lines.map((tex, index) => (
        <TeX key={index} tex={tex} />
      ))}
    </div>
  );
}

/** Only \htmlClass is trusted: it names the colours of q and k. */
const OPTIONS = {
  output: 'htmlAndMathml',
  throwOnError: false,
  strict: false,
  trust: (context: { command: string }) => context.command === '\\htmlClass',
} as const;

function TeX({ tex }: { tex: string }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current !== null) katex.render(tex, place.current, OPTIONS);
  }, [tex]);
  return <div ref={place} className="tex" />;
}
