/** What works on this machine and what does not, to look at or to copy into a bug report. */
import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import type { ApiFailure, SelfCheck } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import { Check, Cross } from '../components/icons.tsx';
import { translator } from '../i18n/index.ts';
import { failureText } from '../view-models/failure.ts';
import { checkReport, checkSections, isWell } from '../view-models/self-check.ts';
import type { CheckRow } from '../view-models/self-check.ts';
import { useServices, useWords } from './context.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import type { DialogProps } from './dialog-frame.tsx';

export function SelfCheckDialog(props: DialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <DialogFrame {...props} title={t('selfCheck.title')} close={t('preferences.close')} testId="self-check">
      <p className="note">{t('selfCheck.about')}</p>
      <Body />
    </DialogFrame>
  );
}

interface Checking {
  readonly check: SelfCheck | null;
  readonly failure: ApiFailure | null;
  readonly again: () => void;
}

/** Checks once the dialog is open, and again when asked. */
function useChecking(): Checking {
  const { checkMachine } = useServices();
  const [serial, setSerial] = useState(0);
  const [outcome, setOutcome] = useState<Omit<Checking, 'again'>>({ check: null, failure: null });
  useEffect(() => {
    let isOver = false;
    const tell = (next: Omit<Checking, 'again'>): void => {
      if (!isOver) setOutcome(next);
    };
    checkMachine().then(
      (check) => tell({ check, failure: null }),
      (error: unknown) => tell({ check: null, failure: asApiError(error).failure }),
    );
    return () => {
      isOver = true;
    };
  }, [checkMachine, serial]);
  const again = (): void => {
    setOutcome({ check: null, failure: null });
    setSerial(serial + 1);
  };
  return { ...outcome, again };
}

function Body(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { check, failure, again } = useChecking();
  const isBusy = check === null && failure === null;
  return (
    <>
      <p className="self-check-outcome" role="status" data-testid="self-check-outcome">
        {isBusy && t('selfCheck.checking')}
        {check !== null && t(isWell(check) ? 'selfCheck.right' : 'selfCheck.wrong')}
      </p>
      {failure !== null && (
        <p className="field-problem" role="alert">
          {failureText(failure, words)}
        </p>
      )}
      {check !== null && <Sections check={check} />}
      <div className="setting-buttons">
        {check !== null && <Copy check={check} />}
        <Button className="button" isDisabled={isBusy} onPress={again} data-testid="self-check-again">
          {t('selfCheck.again')}
        </Button>
      </div>
    </>
  );
}

function Sections({ check }: { check: SelfCheck }): ReactElement {
  const words = useWords();
  return (
    <>
      {checkSections(check, words).map(({ id, title, rows }) => (
        <section key={id} aria-labelledby={`check-${id}`} data-testid={`check-${id}`}>
          <h3 id={`check-${id}`}>{title}</h3>
          <dl className="check-facts">
            {rows.map((row) => (
              <Row key={`${row.name} ${row.value}`} row={row} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

function Row({ row: { name, value, state } }: { row: CheckRow }): ReactElement {
  return (
    <div data-state={state}>
      <dt>{name}</dt>
      <dd>
        {state === 'good' && <Check />}
        {state === 'bad' && <Cross />}
        <span>{value}</span>
      </dd>
    </div>
  );
}

/** The report is in English: who reads it may not read the user's language. */
function Copy({ check }: { check: SelfCheck }): ReactElement {
  const { t, i18n } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  const report = checkReport(check, translator(i18n, 'en'));
  const copy = async (): Promise<void> => {
    setSaid(t((await copyText(report, area.current)) ? 'selfCheck.copied' : 'selfCheck.notCopied'));
  };
  return (
    <>
      <textarea
        ref={area}
        className="self-check-report"
        aria-label={t('selfCheck.report')}
        data-testid="self-check-report"
        readOnly
        rows={6}
        value={report}
        lang="en"
      />
      <Button className="button primary" onPress={() => void copy()} data-testid="self-check-copy">
        {t('selfCheck.copy')}
      </Button>
      <span className="note" role="status" data-testid="self-check-copied">
        {said}
      </span>
    </>
  );
}

/** By the clipboard's own interface, or, where that is not allowed, by selecting the text. */
async function copyText(text: string, area: HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    area?.select();
    // Deprecated, and the only way where the permission is refused, as in Electron.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return area !== null && document.execCommand('copy');
  }
}
