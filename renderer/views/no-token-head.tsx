/** What stands in the place of a view of predicted tokens, for a model that predicts none. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import { classifies } from '../state/predictions.ts';

export function NoTokenHead({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const isClassifier = classifies(frame.model.head);
  return (
    <p className="stage-note" data-testid="no-token-head">
      {t(isClassifier ? 'failure.no-vocabulary' : 'logitLens.noHead')}
    </p>
  );
}

/** Whether a model's head predicts tokens of a vocabulary. */
export function predictsTokens({ model }: Frame): boolean {
  return model.head === 'next-token' || model.head === 'masked-token';
}
