/** Tokens that the user puts together, as one row and one column: adding a group and taking it apart. */
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import type { Frame } from '../state/frames.ts';
import { withGroup } from '../state/lens.ts';
import type { Lens, TokenSpan } from '../state/lens.ts';
import { tokenLabel } from '../view-models/format.ts';
import { unitsOf } from '../view-models/lens/units.ts';
import { useApp, useSession } from './context.tsx';

export function LensGroups({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const count = useApp((state) => state.lens.groups.length);
  return (
    <DialogTrigger>
      <Button className="tool-button" data-testid="lens-groups">
        {count === 0 ? t('lens.groups') : t('lens.groupCount', { count })} <Chevron />
      </Button>
      <Popover className="popover" placement="bottom start">
        <Dialog className="lens-groups" aria-label={t('lens.groups')} data-testid="lens-groups-dialog">
          <p className="note">{t('lens.groupHelp')}</p>
          <GroupForm frame={frame} />
          <MarkedGroups frame={frame} />
          <GroupList frame={frame} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Two lists of tokens: the first and the last of a group. */
function GroupForm({ frame }: { frame: Frame }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const groups = useApp((state) => state.lens.groups);
  const query = useApp((state) => state.selection.query);
  const { tokens } = frame.run;
  const end = tokens.length - 1;
  const start = Math.max(0, Math.min(query, end - 1));
  const [span, setSpan] = useState<TokenSpan>({ first: start, last: Math.min(start + 1, end) });
  const isGroup = span.first < span.last && span.last <= end;
  return (
    <form
      className="lens-group-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGroup) session.setLens({ groups: withGroup(groups, span) });
      }}
    >
      {(['first', 'last'] as const).map((side) => (
        <label key={side}>
          {t(side === 'first' ? 'lens.groupFirst' : 'lens.groupLast')}
          <select
            value={Math.min(span[side], end)}
            onChange={({ target }) => setSpan({ ...span, [side]: Number(target.value) })}
            data-testid={`lens-group-${side}`}
          >
            {tokens.map(({ index, text }) => (
              <option key={index} value={index}>
                {index} {tokenLabel(text)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit" className="tool-button" disabled={!isGroup} data-testid="lens-group-add">
        {t('lens.groupAdd')}
      </button>
      {!isGroup && <p className="note">{t('lens.groupSame')}</p>}
    </form>
  );
}

/** The queries and the keys of the marked region, each with a button that groups them. */
function MarkedGroups({ frame }: { frame: Frame }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const { groups, brush } = useApp((state) => state.lens);
  const spans = distinctSpans(brush, frame.run.tokens.length);
  if (spans.length === 0) return null;
  return (
    <div className="lens-group-list">
      {spans.map((span) => (
        <button
          key={`${span.first} ${span.last}`}
          type="button"
          className="tool-button"
          onClick={() => session.setLens({ groups: withGroup(groups, span) })}
          data-testid="lens-group-marked"
        >
          {t('lens.groupAddBrush', { label: labelOf(frame, span) })}
        </button>
      ))}
    </div>
  );
}

function distinctSpans(brush: Lens['brush'], count: number): readonly TokenSpan[] {
  if (brush === null) return [];
  const { queries, keys } = brush;
  const isSame = queries.first === keys.first && queries.last === keys.last;
  const spans = isSame ? [queries] : [queries, keys];
  return spans.filter(({ first, last }) => first < last && last < count);
}

function GroupList({ frame }: { frame: Frame }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const groups = useApp((state) => state.lens.groups);
  if (groups.length === 0) return null;
  return (
    <div className="lens-group-list">
      {groups.map((group) => (
        <button
          key={`${group.first} ${group.last}`}
          type="button"
          className="tool-button"
          onClick={() => session.setLens({ groups: groups.filter((each) => each !== group) })}
          data-testid={`lens-ungroup-${group.first}`}
        >
          {t('lens.ungroup', { label: labelOf(frame, group) })}
        </button>
      ))}
      {groups.length > 1 && (
        <button type="button" className="link-button" onClick={() => session.setLens({ groups: [] })}>
          {t('lens.ungroupAll')}
        </button>
      )}
    </div>
  );
}

/** A group as the figures name it, cut where it is long. */
function labelOf({ run, input }: Frame, span: TokenSpan): string {
  const units = unitsOf(run.tokens, { unit: 'pieces', groups: [span] }, input);
  const label = units.label(units.unitOf[span.first] ?? 0);
  const letters = Array.from(label);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : label;
}

const LONGEST = 32;
