/** What Headlight is, and the licences of everything in it. */
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LICENCES_FILE, licenceList } from '../../electron/api/index.ts';
import type { LicenceList } from '../../electron/api/index.ts';
import { useApp } from './context.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import type { DialogProps } from './dialog-frame.tsx';

type Part = LicenceList['parts'][number];

export function AboutDialog(props: DialogProps): ReactElement {
  const { t } = useTranslation();
  const version = useApp((state) => state.host?.version ?? '');
  return (
    <DialogFrame {...props} title={t('about.title')} close={t('preferences.close')} testId="about">
      <p className="about-version" data-testid="about-version">
        {t('about.version', { version })}
      </p>
      <p>{t('about.what')}</p>
      <p className="note">{t('about.private')}</p>
      <Licences />
    </DialogFrame>
  );
}

/** `undefined` while it is read, null where it is not there. */
function useLicences(): LicenceList | null | undefined {
  const [list, setList] = useState<LicenceList | null | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<LicenceList | null> => {
      const response = await fetch(LICENCES_FILE);
      return response.ok ? licenceList.parse(await response.json()) : null;
    };
    void read()
      .catch(() => null)
      .then((found) => {
        if (!isOver) setList(found);
      });
    return () => {
      isOver = true;
    };
  }, []);
  return list;
}

function Licences(): ReactElement {
  const { t } = useTranslation();
  const list = useLicences();
  if (list === undefined) return <p className="note">{t('about.loading')}</p>;
  if (list === null) {
    return (
      <p className="note" role="alert" data-testid="about-missing">
        {t('about.missing')}
      </p>
    );
  }
  const of = (...kinds: Part['kind'][]): Part[] => list.parts.filter(({ kind }) => kinds.includes(kind));
  const rest = of('runtime', 'package');
  return (
    <>
      <Parts id="own" title="Headlight" parts={of('app')} texts={list.texts} />
      <Parts id="models" title={t('about.models')} parts={of('model')} texts={list.texts} />
      <Parts id="fonts" title={t('about.fonts')} parts={of('font')} texts={list.texts} />
      <Parts id="rest" title={t('about.parts', { count: rest.length })} parts={rest} texts={list.texts} />
    </>
  );
}

interface PartsProps {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
  readonly texts: readonly string[];
}

function Parts({ id, title, parts, texts }: PartsProps): ReactElement {
  return (
    <section aria-labelledby={`about-${id}`} data-testid={`about-${id}`}>
      <h3 id={`about-${id}`}>{title}</h3>
      <ul className="about-parts">
        {parts.map((part) => (
          <li key={`${part.name} ${part.version ?? ''}`}>
            <PartLine part={part} />
            <PartText part={part} texts={texts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Hosts that the app opens in the user's browser; an address elsewhere is shown as text. */
const OPENED = /^https:\/\/(?:github\.com|huggingface\.co|arxiv\.org|doi\.org|onnxruntime\.ai)\//u;

function PartLine({ part: { name, version, licence, source } }: { part: Part }): ReactElement {
  const shown = version === null ? name : `${name} ${version}`;
  return (
    <span className="about-part">
      {source !== null && OPENED.test(source) ? (
        <a href={source} target="_blank" rel="noreferrer noopener">
          {shown}
        </a>
      ) : (
        <span title={source ?? undefined}>{shown}</span>
      )}
      <span className="note">{licence}</span>
    </span>
  );
}

function PartText({ part: { name, kind, text, note }, texts }: { part: Part; texts: readonly string[] }): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const folder = useApp((state) => state.models?.find(({ id }) => id === name)?.folder);
  if (kind === 'model') {
    return <p className="note">{folder === undefined ? note : t('about.modelCard', { folder })}</p>;
  }
  if (text === null) return <p className="note">{t('about.noText')}</p>;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('about.show')}
        <span className="hidden"> {name}</span>
      </summary>
      {isOpen && (
        // A long text scrolls, so it must be reachable by key.
        <pre tabIndex={0} aria-label={`${name}: ${t('about.show')}`} role="region">
          {texts[text]}
        </pre>
      )}
    </details>
  );
}
