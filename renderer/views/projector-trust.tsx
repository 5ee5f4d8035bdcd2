/** How much of the neighbourhoods the picture keeps, and of the variance; and what that means. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Projection } from '../projection/types.ts';
import { formatNumber } from '../view-models/format.ts';
import { explainedText, percent, usedText } from '../view-models/projector-figure.ts';
import { trustOf } from '../view-models/projector-trust.ts';
import { useWords } from './context.tsx';

interface ProjectorTrustProps {
  readonly projection: Projection;
  readonly count: number;
}

export function ProjectorTrust({ projection, count }: ProjectorTrustProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { preservation, explained, reducedTo, used, method } = projection;
  const { score, k, trustworthiness, sampled } = preservation;
  const settings = usedText(method, used, words);
  const { chance, level } = trustOf(preservation, count);
  return (
    <div className="projector-trust" data-testid="projector-trust">
      <details data-own-keys>
        <summary data-testid="projector-kept-share" data-share={score}>
          <span className={`projector-level ${level}`} aria-hidden="true" />
          <b>{t('projector.share', { share: percent(score), k })}</b> {words(`projector.trust.${level}`)}
        </summary>
        <div className="projector-why" data-testid="projector-why">
          <p>
            {t('projector.shareWhy', { k })} {t('projector.chance', { chance: percent(chance) })}
          </p>
          {trustworthiness !== null && (
            <p>{t('projector.trustworthiness', { value: formatNumber(trustworthiness, 3) })}</p>
          )}
          {sampled < count && <p>{t('projector.sampled', { sampled })}</p>}
          <p>{words(`projector.methodWhy.${method}`)}</p>
        </div>
      </details>
      {explained !== null && <span data-testid="projector-explained">{explainedText(explained, words)}</span>}
      {settings !== null && <span data-testid="projector-used">{settings}</span>}
      {reducedTo !== null && <span>{t('projector.reduced', { reducedTo })}</span>}
    </div>
  );
}
