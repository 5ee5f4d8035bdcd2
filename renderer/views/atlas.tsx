/** All heads: the pictures, what their colours mean, and the statistics of one head. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ListBox, ListBoxItem, Popover, Select } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import { summaryOf } from '../state/selection.ts';
import { STATISTIC_ORDER } from '../view-models/heads.ts';
import { AtlasGrid } from './atlas-grid.tsx';
import type { AtlasColour } from './atlas-picture.ts';
import { useApp } from './context.tsx';
import { HeadPanel } from './head-panel.tsx';

const COLOURS: readonly AtlasColour[] = ['pictures', ...STATISTIC_ORDER];

export function Atlas(): ReactElement {
  const { t } = useTranslation();
  const summary = useApp((state) =>
    state.run.status === 'failed' ? null : summaryOf(state.run.result?.summaries ?? [], state.selection),
  );
  const [colour, setColour] = useState<AtlasColour>('pictures');
  const [pointed, setPointed] = useState<{ layer: number; head: number } | null>(null);
  return (
    <section className="atlas" aria-label={t('atlas.label')} data-testid="atlas">
      <div className="panel-heading">
        <h2>{t('atlas.label')}</h2>
        <ColourSelect value={colour} onChange={setColour} />
      </div>
      {summary === null ? (
        <div className="atlas-empty" aria-hidden="true" />
      ) : (
        <>
          <AtlasGrid summary={summary} colour={colour} onPoint={setPointed} />
          <HeadPanel summary={summary} pointed={pointed} />
        </>
      )}
    </section>
  );
}

function ColourSelect({
  value,
  onChange,
}: {
  value: AtlasColour;
  onChange: (value: AtlasColour) => void;
}): ReactElement {
  const { t } = useTranslation();
  const label = (item: AtlasColour): string => (item === 'pictures' ? t('atlas.pictures') : t(`statistic.${item}`));
  return (
    <Select
      aria-label={t('atlas.colour')}
      value={value}
      onChange={(key) => onChange(COLOURS.find((item) => item === key) ?? 'pictures')}
    >
      <Button className="index-button" data-testid="atlas-colour">
        <span>
          {t('atlas.colour')}: {label(value)}
        </span>
        <Chevron />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={COLOURS.map((id) => ({ id }))}>
          {({ id }) => (
            <ListBoxItem id={id} className="menu-item" textValue={label(id)}>
              {label(id)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
