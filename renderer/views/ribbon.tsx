/** The computation from left to right; the stage shows the station that is chosen here. */
import { Fragment } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Chevron } from '../components/icons.tsx';
import { MathText } from '../components/math-text.tsx';
import { stackOf } from '../state/selection.ts';
import { STATIONS } from '../state/stations.ts';
import type { Station, StationRow } from '../state/stations.ts';
import { stationsOf } from '../state/worked-example.ts';
import { shownIndex } from '../view-models/format.ts';
import { useApp, useSession } from './context.tsx';

const BEFORE = STATIONS.filter((row, index) => !row.inHead && index < 3);
const IN_HEAD = STATIONS.filter((row) => row.inHead);
const AFTER = STATIONS.filter((row, index) => !row.inHead && index >= 3);

export function Ribbon(): ReactElement {
  const { t } = useTranslation();
  return (
    <nav className="ribbon" aria-label={t('ribbon.label')} data-testid="ribbon">
      <Stations rows={BEFORE} />
      <Arrow />
      <div className="ribbon-block">
        <HeadPicker />
        <Stations rows={IN_HEAD} />
      </div>
      <Arrow />
      <Stations rows={AFTER} />
    </nav>
  );
}

function Stations({ rows }: { rows: readonly StationRow[] }): ReactElement {
  return (
    <>
      {rows.map((row, index) => (
        <Fragment key={row.id}>
          {index > 0 && <Arrow />}
          <StationButton id={row.id} />
        </Fragment>
      ))}
    </>
  );
}

function StationButton({ id }: { id: Station }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const current = useApp((state) => state.selection.station === id);
  const absent = useApp((state) => !stationsOf(state.covered !== null).includes(id));
  const label = t(`ribbon.${id}`);
  return (
    <button
      type="button"
      className="station"
      disabled={absent}
      title={absent ? t('example.absent') : undefined}
      aria-current={current ? 'step' : undefined}
      data-testid={`station-${id}`}
      onClick={() => session.select({ station: id })}
    >
      {id === 'qkv' ? <QkvLabel /> : <MathText>{label}</MathText>}
    </button>
  );
}

function QkvLabel(): ReactElement {
  return (
    <>
      <span className="q">Q</span> <span className="k">K</span> <span className="v">V</span>
    </>
  );
}

function Arrow(): ReactElement {
  return (
    <span className="ribbon-arrow" aria-hidden="true">
      ›
    </span>
  );
}

/** Layer and head, as two small lists. */
function HeadPicker(): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const selection = useApp((state) => state.selection);
  const stack = useApp((state) => stackOf((state.run.model ?? state.model.opened)?.stacks ?? [], state.selection));
  return (
    <div className="head-picker" data-testid="head-picker">
      <IndexSelect
        label={t('ribbon.layer')}
        value={selection.layer}
        count={stack?.layers ?? 0}
        testId="layer-select"
        onChange={(layer) => session.select({ layer })}
      />
      <IndexSelect
        label={t('ribbon.head')}
        value={selection.head}
        count={stack?.heads ?? 0}
        testId="head-select"
        onChange={(head) => session.select({ head })}
      />
    </div>
  );
}

interface IndexSelectProps {
  readonly label: string;
  readonly value: number;
  readonly count: number;
  readonly testId: string;
  readonly onChange: (index: number) => void;
}

function IndexSelect({ label, value, count, testId, onChange }: IndexSelectProps): ReactElement {
  const items = Array.from({ length: count }, (_, id) => ({ id }));
  return (
    <Select
      aria-label={label}
      isDisabled={count === 0}
      value={count === 0 ? null : value}
      onChange={(key) => onChange(Number(key))}
    >
      <Button className="index-button" data-testid={testId}>
        <SelectValue>{() => `${label} ${count === 0 ? '–' : shownIndex(value)}`}</SelectValue>
        <Chevron />
      </Button>
      <Popover className="popover">
        <ListBox className="menu indices" items={items}>
          {({ id }) => (
            <ListBoxItem id={id} className="menu-item" textValue={shownIndex(id)}>
              {label} {shownIndex(id)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
