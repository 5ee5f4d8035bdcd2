/** The formula filled with the cell's numbers. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formulaLines } from '../view-models/formula.ts';
import type { CellNumbers } from '../view-models/inspector.ts';
import { TeX } from './tex.tsx';

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
