/** Every token with its bits as a bar, its probability and its rank; a window of them in a long text. */
import { useLayoutEffect, useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Surprise, Token, TokenSurprise } from '../../electron/api/index.ts';
import { useRowWindow } from '../components/use-row-window.ts';
import { probabilityText } from '../view-models/distribution.ts';
import { exactDouble, formatNumber, tokenLabel } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';
import { GapRow } from './gap-row.tsx';

interface SurpriseTableProps {
  readonly tokens: readonly Token[];
  readonly surprise: Surprise;
}

export function SurpriseTable({ tokens, surprise }: SurpriseTableProps): ReactElement {
  const { t } = useTranslation();
  const ids = useMemo(() => tokens.map(({ index }) => index), [tokens]);
  const chosen = useApp((state) => Math.min(state.selection.query, tokens.length - 1));
  const { room, onScroll, pieces, gapHeight, isWindowed } = useRowWindow({ ids, keep: [chosen] });
  const rowHeight = gapHeight({ kind: 'gap', from: 0, to: 1 });
  const most = surprise.tokens.reduce((reach, { bits }) => Math.max(reach, bits ?? 0), 0) || 1;
  useLayoutEffect(() => {
    room.current?.querySelector(`[data-row="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
    // Once more when rows were measured: the gaps above the chosen one have their height then.
  }, [room, chosen, rowHeight]);
  return (
    <div
      className="table-room surprise-room"
      ref={room}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('surprise.table')}
      data-own-keys
    >
      <table
        className="table surprise-table"
        data-testid="surprise-table"
        aria-rowcount={isWindowed ? tokens.length + 1 : undefined}
      >
        <thead>
          <tr>
            <th className="number">{t('surprise.columns.index')}</th>
            <th>{t('surprise.columns.token')}</th>
            <td className="bar-cell" />
            <th className="number">{t('surprise.columns.bits')}</th>
            <th className="number">{t('surprise.columns.probability')}</th>
            <th className="number" title={t('surprise.rankHelp')}>
              {t('surprise.columns.rank')}
            </th>
          </tr>
        </thead>
        <tbody>
          {pieces.flatMap((piece) =>
            piece.kind === 'gap'
              ? [<GapRow key={`gap-${piece.from}`} height={gapHeight(piece)} columns={6} />]
              : tokens
                  .slice(piece.from, piece.to)
                  .map((token) => (
                    <Row
                      key={token.index}
                      token={token}
                      score={surprise.tokens[token.index]}
                      most={most}
                      isChosen={token.index === chosen}
                      rowIndex={isWindowed ? token.index + 2 : undefined}
                    />
                  )),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly token: Token;
  readonly score: TokenSurprise | undefined;
  readonly most: number;
  readonly isChosen: boolean;
  /** The head is row 1; left out where the browser counts. */
  readonly rowIndex: number | undefined;
}

function Row({ token, score, most, isChosen, rowIndex }: RowProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { bits = null, probability = null, rank = null } = score ?? {};
  return (
    <tr
      className={isChosen ? 'query' : ''}
      aria-rowindex={rowIndex}
      data-row={token.index}
      onClick={() => session.select({ query: token.index })}
    >
      <td className="number">{token.index}</td>
      <td className="mono">{tokenLabel(token.text)}</td>
      <td className="bar-cell" aria-hidden="true">
        {bits !== null && <span className="bar" style={{ width: `${(100 * bits) / most}%` }} />}
      </td>
      {bits === null || probability === null ? (
        <td className="number quiet" colSpan={3}>
          {t('surprise.notScored')}
        </td>
      ) : (
        <>
          <td className="number" title={exactDouble(bits)}>
            {formatNumber(bits)}
          </td>
          <td className="number" title={exactDouble(probability)}>
            {probabilityText(probability)}
          </td>
          <td className="number">{rank}</td>
        </>
      )}
    </tr>
  );
}
