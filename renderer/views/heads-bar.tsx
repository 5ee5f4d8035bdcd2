/** Which heads are shown together, and the region that is marked: a line that is there while there is something to say. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../state/frames.ts';
import type { TokenSpan } from '../state/lens.ts';
import { chosenHeads } from '../state/selection.ts';
import { drawsHeads } from '../state/views.ts';
import { tokenLabel } from '../view-models/format.ts';
import { headsName } from '../view-models/matrix-panels.ts';
import { useApp, useSession } from './context.tsx';

export function HeadsBar({ frame }: { frame: Frame }): ReactElement | null {
  const { t } = useTranslation();
  const selection = useApp((state) => state.selection);
  const brush = useApp((state) => state.lens.brush);
  const heads = chosenHeads(selection);
  if (!drawsHeads(selection) || (heads.length === 1 && brush === null)) return null;
  return (
    <div className="heads-bar" data-testid="heads-bar">
      {heads.length > 1 && (
        <div className="heads-chosen" role="group" aria-label={t('views.chosen')}>
          <span className="quiet">{t('views.chosen')}</span>
          <Heads />
        </div>
      )}
      {brush !== null && <Region frame={frame} />}
    </div>
  );
}

function Heads(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const selection = useApp((state) => state.selection);
  const [first, ...others] = chosenHeads(selection);
  return (
    <>
      {[first, ...others].map(
        (place) =>
          place !== undefined && (
            <button
              key={headsName([place])}
              type="button"
              className="tool-button head-chip"
              title={t('views.remove', { head: headsName([place]) })}
              aria-label={t('views.remove', { head: headsName([place]) })}
              onClick={() => session.toggleHead(place)}
              data-testid={`chosen-${place.layer}-${place.head}`}
            >
              <span className="mono">{headsName([place])}</span> <span aria-hidden="true">×</span>
            </button>
          ),
      )}
      <button
        type="button"
        className="tool-button"
        onClick={() => session.select({ others: [] })}
        data-testid="only-selected"
      >
        {t('views.removeAll', { head: headsName([selection]) })}
      </button>
    </>
  );
}

function Region({ frame }: { frame: Frame }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const brush = useApp((state) => state.lens.brush);
  if (brush === null) return null;
  const text = (index: number): string => tokenLabel(frame.run.tokens[index]?.text ?? '');
  const name = ({ first, last }: TokenSpan): string =>
    first === last ? text(first) : `${text(first)} … ${text(last)}`;
  return (
    <div className="region-mark">
      <span role="status" data-testid="region">
        {t('views.regionText', { queries: name(brush.queries), keys: name(brush.keys) })}
      </span>
      <button
        type="button"
        className="tool-button"
        onClick={() => session.setLens({ brush: null })}
        data-testid="clear-region"
      >
        {t('views.regionClear')}
      </button>
    </div>
  );
}
