/** What colours the heads, and in which order they stand. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, ListBox, ListBoxItem, ListBoxSection, Popover, Select } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import { ATLAS_ORDERS } from '../view-models/atlas-rank.ts';
import type { AtlasOrder } from '../view-models/atlas-rank.ts';
import { COLOUR_GROUPS, isScore } from '../view-models/head-quantity.ts';
import type { AtlasColour } from '../view-models/head-quantity.ts';
import { useWords } from './context.tsx';

interface ColourSelectProps {
  readonly value: AtlasColour;
  readonly onChange: (value: AtlasColour) => void;
}

const COLOURS = COLOUR_GROUPS.flatMap(({ items }) => items);

export function ColourSelect({ value, onChange }: ColourSelectProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const label = (item: AtlasColour): string => (item === 'pictures' ? t('atlas.pictures') : words(item));
  return (
    <Select
      aria-label={t('atlas.colour')}
      value={value}
      onChange={(key) => onChange(COLOURS.find((item) => item === key) ?? 'pictures')}
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

interface OrderSelectProps {
  readonly value: AtlasOrder;
  /** False where the heads are coloured by nothing that has an order. */
  readonly canRank: boolean;
  readonly onChange: (value: AtlasOrder) => void;
}

export function OrderSelect({ value, canRank, onChange }: OrderSelectProps): ReactElement {
  const { t } = useTranslation();
  const shown = canRank ? value : 'position';
  return (
    <span title={canRank ? undefined : t('atlas.orderHelp')}>
      <Select
        aria-label={t('atlas.order')}
        value={shown}
        isDisabled={!canRank}
        onChange={(key) => onChange(ATLAS_ORDERS.find((item) => item === key) ?? 'position')}
      >
        <SelectButton testId="atlas-order">
          {t('atlas.order')}: {t(`atlas.orders.${shown}`)}
        </SelectButton>
        <Popover className="popover" placement="bottom end">
          <ListBox className="menu orders" items={ATLAS_ORDERS.map((id) => ({ id }))}>
            {({ id }) => (
              <ListBoxItem
                id={id}
                className="menu-item"
                textValue={t(`atlas.orders.${id}`)}
                data-testid={`order-${id}`}
              >
                {t(`atlas.orders.${id}`)}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </Select>
    </span>
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
