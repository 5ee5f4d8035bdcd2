/** Sentences beside the typed one: kept, and let go again. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextInput } from '../../electron/api/index.ts';
import { isKept, keepSentence, letGo } from '../state/projection-view.ts';
import type { ProjectionView } from '../state/projection-view.ts';
import { useSession } from './context.tsx';

interface ProjectorKeptProps {
  readonly texts: readonly TextInput[];
  readonly view: ProjectionView;
  readonly own: TextInput;
}

export function ProjectorKept({ texts, view, own }: ProjectorKeptProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <div className="projector-kept" data-testid="projector-kept">
      <button
        type="button"
        className="tool-button"
        disabled={own.text === '' || isKept(view, own)}
        title={t('projector.keepHelp')}
        onClick={() => session.setProjection({ kept: keepSentence(view, own) })}
        data-testid="projector-keep"
      >
        {t('projector.keep')}
      </button>
      {view.kept.length === 0 && <span className="quiet">{t('projector.keepHelp')}</span>}
      {view.kept.length > 0 && (
        <ul>
          {texts.map((input, at) => (
            <li key={`${input.text} ${input.pair ?? ''}`} title={[input.text, input.pair].filter(Boolean).join(' · ')}>
              <span className="projector-text">
                <b>{at}</b> {input.text}
              </span>
              {isKept(view, input) && (
                <button
                  type="button"
                  className="link-button"
                  aria-label={t('projector.letGo', { text: input.text })}
                  title={t('projector.letGo', { text: input.text })}
                  onClick={() => session.setProjection({ kept: letGo(view, input) })}
                >
                  ×
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
