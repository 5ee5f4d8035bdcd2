/** Which token's prediction is shown. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ListBox, ListBoxItem, Popover, Select } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import { tokenLabel } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';
import { usePrediction } from './use-prediction.ts';

export function PositionPicker(): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const tokens = useApp((state) => state.run.result?.tokens);
  const state = usePrediction();
  if (state.status === 'none' || tokens === undefined) return null;
  const prediction = state.status === 'ready' ? state.prediction : null;
  if (prediction?.kind === 'classification') return <span className="position">{t('inspector.wholeText')}</span>;
  const place = prediction === null ? '' : tokenLabel(tokens[prediction.position]?.text ?? '');
  const key = prediction?.kind === 'next-token' ? 'inspector.after' : 'inspector.at';
  const isLabel = prediction?.kind === 'token-classification';
  const own = [{ id: 'own', label: t(isLabel ? 'inspector.selectedToken' : 'inspector.modelChoice') }];
  const items = [
    ...own,
    ...tokens.map((token) => ({ id: `${token.index}`, label: `${token.index}  ${tokenLabel(token.text)}` })),
  ];
  return (
    <Select
      className="position"
      aria-label={t('inspector.position')}
      value={prediction === null ? null : `${prediction.position}`}
      onChange={(chosen) => session.select({ position: chosen === 'own' ? null : Number(chosen) })}
    >
      <Button className="index-button mono" data-testid="position-picker">
        <span>{t(key, { token: `“${place}”` })}</span>
        <Chevron />
      </Button>
      <Popover className="popover">
        <ListBox className="menu positions" items={items}>
          {({ id, label }) => (
            <ListBoxItem id={id} className={id === 'own' ? 'menu-item' : 'menu-item mono'} textValue={label}>
              {label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
