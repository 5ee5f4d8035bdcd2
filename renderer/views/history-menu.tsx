/** The sentences that were used last, beside the sentence. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useStore } from 'zustand';
import { Clock } from '../components/icons.tsx';
import { useServices } from './context.tsx';

const CLEAR = 'clear';

export function HistoryMenu(): ReactElement {
  const { t } = useTranslation();
  const { history, settings, session } = useServices();
  const texts = useStore(history.store, (state) => state.texts);
  const remember = useStore(settings, (state) => state.remember);
  const choose = (id: string): void => {
    const chosen = texts[Number(id)];
    if (id === CLEAR) history.clear();
    else if (chosen !== undefined) session.setInput(chosen.text, chosen.pair);
  };
  return (
    <MenuTrigger>
      <Button className="pair-button" data-testid="history" aria-label={t('history.button')}>
        <Clock />
      </Button>
      <Popover className="popover" placement="bottom end">
        {texts.length === 0 ? (
          <p className="note history-none" data-testid="history-none">
            {t(remember ? 'history.none' : 'history.off')}
          </p>
        ) : (
          <Menu className="menu history" aria-label={t('history.button')} onAction={(key) => choose(String(key))}>
            <MenuSection>
              <Header className="menu-header">{t('history.texts')}</Header>
              {texts.map(({ text, pair }, index) => (
                <MenuItem
                  key={`${text} ${pair}`}
                  id={String(index)}
                  className="menu-item"
                  textValue={text}
                  data-testid={`history-${index}`}
                >
                  <span className="history-text">{pair === '' ? text : `${text} ⏐ ${pair}`}</span>
                </MenuItem>
              ))}
            </MenuSection>
            <Separator className="menu-separator" />
            <MenuItem id={CLEAR} className="menu-item" data-testid="history-forget">
              {t('history.clear')}
            </MenuItem>
          </Menu>
        )}
      </Popover>
    </MenuTrigger>
  );
}
