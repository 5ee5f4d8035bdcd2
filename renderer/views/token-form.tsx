/** The token for gated models: typed once, kept by the host, never shown again. */
import { useState } from 'react';
import type { ReactElement, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { HubToken } from '../../electron/api/index.ts';
import { useServices } from './context.tsx';

export function TokenForm({ token, host }: { token: HubToken; host: string }): ReactElement {
  const { t } = useTranslation();
  const { library } = useServices();
  const [text, setText] = useState('');
  const isOwn = token.from === 'stored' || token.from === 'session';
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() !== '' && (await library.setToken(text))) setText('');
  };
  return (
    <section aria-labelledby="library-token" data-testid="library-token">
      <h3 id="library-token">{t('library.token')}</h3>
      <p className="note">{t('library.tokenAbout', { host })}</p>
      <p className="note" role="status" data-testid="token-state">
        {t(`library.tokenFrom.${token.from ?? 'none'}`)} {!isOwn && t(`library.tokenKeeps.${token.keeps}`)}
      </p>
      <form className="library-search" onSubmit={(event) => void submit(event)}>
        <TextField className="field" type="password" value={text} onChange={setText}>
          <Label>{t('library.tokenField')}</Label>
          <Input data-testid="token-field" autoComplete="off" maxLength={500} placeholder="hf_…" />
        </TextField>
        <Button className="button" type="submit" data-testid="token-save">
          {t('library.tokenSave')}
        </Button>
        {isOwn && (
          <Button className="button" data-testid="token-forget" onPress={() => void library.setToken(null)}>
            {t('library.tokenForget')}
          </Button>
        )}
      </form>
    </section>
  );
}
