/** What colours the heads, how far the colours go, and in which order the heads stand. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, ListBox, ListBoxItem, ListBoxSection, Popover, Select } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import { ATLAS_ORDERS, isRank, shownOrder } from '../state/atlas.ts';
import { COLOUR_GROUPS, isScore } from '../view-models/head-quantity.ts';
import type { AtlasColour } from '../view-models/head-quantity.ts';
import { useApp, useSession, useWords } from './context.tsx';
import { Switch } from './switch.tsx';

const COLOURS = COLOUR_GROUPS.flatMap(({ items }) => items);

export function ColourSelect(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const value = useApp((state) => state.atlas.colour);
  const label = (item: AtlasColour): string => (item === 'pictures' ? t('atlas.pictures') : words(item));
  return (
    <Select
      aria-label={t('atlas.colour')}
      value={value}
      onChange={(key) => session.setAtlas({ colour: COLOURS.find((item) => item === key) ?? 'pictures' })}
    >
      <SelectButton testId="atlas-colour">
        {t(isScore(value) ? 'atlas.score' : 'atlas.colour')}: {label(value)}
      </SelectButton>
      <Popover className="popover" placement="bottom end">
        <ListBox className="menu colours">
          {COLOUR_GROUPS.map(({ id, items }) => (
            <ListBoxSection key={id} id={id}>
              <Header className="menu-header">{t(`atlas.group.${id}`)}</Header>
              {items.map((item) => (
                <ListBoxItem
                  key={item}
                  id={item}
                  className="menu-item"
                  textValue={label(item)}
                  data-testid={`colour-${item}`}
                >
                  {label(item)}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

/** Weights alone are neither high nor low: they can be sorted by position and by similarity. */
export function OrderSelect(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const atlas = useApp((state) => state.atlas);
  const shown = shownOrder(atlas);
  const isOff = (id: (typeof ATLAS_ORDERS)[number]): boolean => isRank(id) && atlas.colour === 'pictures';
  return (
    <Select
      aria-label={t('atlas.order')}
      value={shown}
      disabledKeys={ATLAS_ORDERS.filter(isOff)}
      onChange={(key) => session.setAtlas({ order: ATLAS_ORDERS.find((item) => item === key) ?? 'position' })}
    >
      <SelectButton testId="atlas-order">
        {t('atlas.order')}: {t(`atlas.orders.${shown}`)}
      </SelectButton>
      <Popover className="popover" placement="bottom end">
        <ListBox className="menu orders">
          {ATLAS_ORDERS.map((id) => (
            <ListBoxItem
              key={id}
              id={id}
              className="menu-item"
              textValue={t(`atlas.orders.${id}`)}
              data-testid={`order-${id}`}
            >
              <span title={isOff(id) ? t('atlas.orderHelp') : undefined}>{t(`atlas.orders.${id}`)}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

/** One scale for all heads, or each its own. */
export function RangeSwitch(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const range = useApp((state) => state.lens.range);
  return (
    <Switch
      label={t('atlasView.range')}
      choices={(['shared', 'own'] as const).map((id) => ({
        id,
        label: t(`atlasView.ranges.${id}`),
        help: t(`atlasView.rangeHelp.${id}`),
      }))}
      chosen={range}
      onChoose={(id) => session.setLens({ range: id })}
      testId="atlas-range"
    />
  );
}

function SelectButton({ testId, children }: { testId: string; children: ReactNode }): ReactElement {
  return (
    <Button className="index-button" data-testid={testId}>
      <span className="atlas-choice">{children}</span>
      <Chevron />
    </Button>
  );
}
