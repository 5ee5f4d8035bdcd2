/** The tokens as a table: what the model reads, with ids and where each piece stands in the text. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../electron/api/index.ts';
import { useRowWindow } from '../components/use-row-window.ts';
import { tokenLabel } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';
import { GapRow } from './gap-row.tsx';
import { useShownKey } from './use-cell.ts';

export function TokensStage({ tokens }: { tokens: readonly Token[] }): ReactElement {
  const { t } = useTranslation();
  const hasPair = tokens.some(({ part }) => part > 0);
  const ids = useMemo(() => tokens.map(({ index }) => index), [tokens]);
  const { room, onScroll, pieces, gapHeight, isWindowed } = useRowWindow({ ids });
  // Columns keep their widths while rows come and go.
  const width = (of: (token: Token) => string) => ({
    minWidth: isWindowed ? `calc(var(--text) * 0.6 * ${longest(tokens.map(of))} + 16px)` : undefined,
  });
  return (
    <div
      className={isWindowed ? 'table-room windowed' : 'table-room'}
      ref={room}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('stage.title.tokens')}
      data-own-keys
    >
      <table className="table" data-testid="token-table" aria-rowcount={isWindowed ? tokens.length + 1 : undefined}>
        <thead>
          <tr>
            <th className="number">{t('stage.columns.index')}</th>
            <th className="number">{t('stage.columns.id')}</th>
            <th style={width(({ piece }) => piece)}>{t('stage.columns.piece')}</th>
            <th style={width(({ text }) => text)}>{t('stage.columns.text')}</th>
            <th className="number">{t('stage.columns.offsets')}</th>
            {hasPair && <th className="number">{t('stage.columns.part')}</th>}
            <td />
          </tr>
        </thead>
        <tbody>
          {pieces.flatMap((piece) =>
            piece.kind === 'gap'
              ? [<GapRow key={`gap-${piece.from}`} height={gapHeight(piece)} columns={hasPair ? 7 : 6} />]
              : tokens
                  .slice(piece.from, piece.to)
                  .map((token) => (
                    <TokenRow key={token.index} token={token} hasPair={hasPair} isWindowed={isWindowed} />
                  )),
          )}
        </tbody>
      </table>
    </div>
  );
}

const longest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, tokenLabel(text).length), 0);

interface TokenRowProps {
  readonly token: Token;
  readonly hasPair: boolean;
  readonly isWindowed: boolean;
}

function TokenRow({ token, hasPair, isWindowed }: TokenRowProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  return (
    <tr
      className={token.index === query ? 'query' : token.index === key ? 'key' : ''}
      // The head is row 1.
      aria-rowindex={isWindowed ? token.index + 2 : undefined}
      data-row={token.index}
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
  );
}
