/** Sentences that tokenizers cut in telling ways, put in the place of the user's. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './context.tsx';

const EXAMPLES = {
  dutch: 'De fietsenstalling bij het station was gisteren onverwacht gesloten.',
  emoji: 'Great job 👍🏽 — see you at the beach 🏖️ with the family 👩‍👩‍👧!',
  code: 'for (let i = 0; i < items.length; i++) total += items[i].price * 1.21;',
  numbers: 'In 2026, 1,234,567 people paid €19.99, or 3.14159 times as much.',
} as const;

/** @param named says what the buttons are, where there is room */
export function TokenizerExamples({ named = false }: { readonly named?: boolean }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <div className="tokenizer-examples" role="group" aria-label={t('tokenizer.examples')}>
      {named && <span className="quiet">{t('tokenizer.examples')}</span>}
      {(['dutch', 'emoji', 'code', 'numbers'] as const).map((id) => (
        <button
          key={id}
          type="button"
          className="tool-button"
          title={EXAMPLES[id]}
          onClick={() => session.setText(EXAMPLES[id])}
          data-testid={`example-${id}`}
        >
          {t(`tokenizer.example.${id}`)}
        </button>
      ))}
    </div>
  );
}
