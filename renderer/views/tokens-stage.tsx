/** The tokens as a table: what the model reads, with ids and where each piece stands in the text. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunResult } from '../../electron/api/index.ts';
import { tokenLabel } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';
import { useShownKey } from './use-cell.ts';

export function TokensStage({ run }: { run: RunResult }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const hasPair = run.tokens.some(({ part }) => part > 0);
  return (
    <div className="table-room" tabIndex={0} role="region" aria-label={t('stage.title.tokens')} data-own-keys>
      <table className="table" data-testid="token-table">
        <thead>
          <tr>
            <th className="number">{t('stage.columns.index')}</th>
            <th className="number">{t('stage.columns.id')}</th>
            <th>{t('stage.columns.piece')}</th>
            <th>{t('stage.columns.text')}</th>
            <th className="number">{t('stage.columns.offsets')}</th>
            {hasPair && <th className="number">{t('stage.columns.part')}</th>}
            <td />
          </tr>
        </thead>
        <tbody>
          {run.tokens.map((token) => (
            <tr
              key={token.index}
              className={token.index === query ? 'query' : token.index === key ? 'key' : ''}
              onClick={(event) => session.select(event.shiftKey ? { key: token.index } : { query: token.index })}
            >
              <td className="number">{token.index}</td>
              <td className="number">{token.id}</td>
              <td className="mono">{tokenLabel(token.piece)}</td>
              <td className="mono">{tokenLabel(token.text)}</td>
              <td className="number">{token.start === null ? '–' : `${token.start}–${token.end ?? ''}`}</td>
              {hasPair && <td className="number">{token.part + 1}</td>}
              <td className="marks">
                {token.special && <span className="mark">{t('stage.special')}</span>}
                {token.index === query && <span className="mark q">{t('stage.roleQuery')}</span>}
                {token.index === key && <span className="mark k">{t('stage.roleKey')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
