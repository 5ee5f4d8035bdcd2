/** What can be changed, and where: heads, scale, pattern and mask of the selected place. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SCOPES, siteOf } from '../state/what-if-site.ts';
import type { Site } from '../state/what-if-site.ts';
import { stackOf } from '../state/selection.ts';
import { keptAlone } from '../view-models/what-if-edit.ts';
import { placeOf } from '../view-models/what-if-words.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { Switch } from './switch.tsx';
import { StrengthSlider, TemperatureSlider } from './what-if-factors.tsx';
import { MaskActions } from './what-if-mask.tsx';
import { RowEditor } from './what-if-row.tsx';

export const PATTERNS = ['uniform', 'previous', 'first'] as const;

/** The site that a new change applies to. */
function useScopeSite(): Site {
  const scope = useApp((state) => state.whatIf.scope);
  const selection = useApp((state) => state.selection);
  return siteOf(scope, selection);
}

export function WhatIfActions(): ReactElement | null {
  const { t } = useTranslation();
  const site = useScopeSite();
  const model = useApp((state) => state.run.model);
  const selection = useApp((state) => state.selection);
  const stack = stackOf(model?.stacks ?? [], selection);
  if (stack === null) return null;
  return (
    <section className="what-if-actions" aria-label={t('whatIf.change')}>
      <ScopeSwitch site={site} />
      <StrengthSlider site={site} />
      <HeadButtons site={site} />
      <TemperatureSlider site={site} dHead={stack.dHead} />
      <PatternButtons />
      <MaskActions site={site} causal={stack.causal} />
      <RowEditor stack={stack} />
    </section>
  );
}

function ScopeSwitch({ site }: { site: Site }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const { changes } = useSession();
  const scope = useApp((state) => state.whatIf.scope);
  const stacks = useApp((state) => state.run.model?.stacks) ?? [];
  return (
    <div className="what-if-scope">
      <Switch
        label={t('whatIf.scope.label')}
        choices={SCOPES.map((id) => ({ id, label: t(`whatIf.scope.${id}`) }))}
        chosen={scope}
        onChoose={(chosen) => changes.set({ scope: chosen })}
        testId="what-if-scope"
      />
      <span className="quiet" data-testid="what-if-place">
        {placeOf(site, { stacks }, words)}
      </span>
    </div>
  );
}

function HeadButtons({ site }: { site: Site }): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  const isHead = site.head !== undefined;
  return (
    <div className="what-if-buttons">
      <button
        type="button"
        className="tool-button"
        onClick={() => changes.add((where) => [{ kind: 'head', site: where, factor: 0 }])}
        data-testid="what-if-knock-out"
      >
        {t('whatIf.knockOut')}
      </button>
      <button
        type="button"
        className="tool-button"
        aria-disabled={!isHead}
        title={t(isHead ? 'whatIf.keepAloneHelp' : 'whatIf.keepAloneScope')}
        onClick={() => {
          if (isHead) changes.add(keptAlone);
        }}
        data-testid="what-if-keep-alone"
      >
        {t('whatIf.keepAlone')}
      </button>
    </div>
  );
}

function PatternButtons(): ReactElement {
  const { t } = useTranslation();
  const { changes } = useSession();
  return (
    <div className="what-if-group" role="group" aria-label={t('whatIf.pattern')}>
      <span className="what-if-label" aria-hidden="true">
        {t('whatIf.pattern')}
      </span>
      <div className="what-if-buttons">
        {PATTERNS.map((pattern) => (
          <button
            key={pattern}
            type="button"
            className="tool-button"
            title={t(`whatIf.${pattern}Help`)}
            onClick={() => changes.add((site) => [{ kind: 'pattern', site, pattern }])}
            data-testid={`what-if-pattern-${pattern}`}
          >
            {t(`whatIf.${pattern}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
