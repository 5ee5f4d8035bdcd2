/** Copies options of the command line, and says that it did. */
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface CopyProps {
  readonly command: string;
  readonly children: ReactNode;
  readonly testId: string;
}

export function CopyButton({ command, children, testId }: CopyProps): ReactElement {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  return (
    <span className="copy">
      <button
        type="button"
        className="copy-button mono"
        title={command}
        aria-label={t('whatIf.copy', { command })}
        onClick={() => void copy()}
        onBlur={() => setOutcome(null)}
        data-testid={testId}
      >
        {children}
      </button>
      <span className="quiet" role="status">
        {outcome !== null && t(`whatIf.${outcome}`)}
      </span>
    </span>
  );
}
