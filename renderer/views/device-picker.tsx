/** Which device computes; what is known of each, and where the last run was. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { deviceChoice } from '../../electron/api/index.ts';
import type { DeviceReport } from '../../electron/api/index.ts';
import { Check, Chevron } from '../components/icons.tsx';
import type { Translate } from '../view-models/failure.ts';
import { formatSeconds } from '../view-models/format.ts';
import { useApp, useSession, useWords } from './context.tsx';

export function DevicePicker(): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const session = useSession();
  const devices = useApp((state) => state.devices);
  const device = useApp((state) => state.device);
  const used = useApp(
    ({ covered, run, model }) => (covered?.run ?? run).result?.device ?? model.opened?.device.id ?? null,
  );
  const seconds = useApp(({ covered, run }) => (covered === null ? (run.result?.seconds ?? null) : null));
  const shown = used ?? device;
  return (
    <MenuTrigger>
      <Button
        className="picker"
        data-testid="device-picker"
        aria-label={`${t('device.label')}: ${words(`device.${shown}`)}`}
      >
        <span className="picker-name">{words(`device.${shown}`)}</span>
        {seconds !== null && <span className="picker-facts">{formatSeconds(seconds)}</span>}
        <Chevron />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label={t('device.label')}
          selectionMode="single"
          selectedKeys={[device]}
          disabledKeys={devices.filter(({ state }) => state === 'unavailable').map(({ id }) => id)}
          onAction={(key) => session.chooseDevice(deviceChoice.parse(key))}
        >
          <DeviceItem id="auto" note={t('device.autoText')} />
          {devices.map((report) => (
            <DeviceItem key={report.id} id={report.id} note={deviceNote(report, words)} />
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function DeviceItem({ id, note }: { id: string; note: string }): ReactElement {
  const words = useWords();
  return (
    <MenuItem id={id} className="menu-item" textValue={words(`device.${id}`)} data-testid={`device-${id}`}>
      {({ isSelected }) => (
        <>
          <span className="menu-mark">{isSelected && <Check />}</span>
          <span className="menu-words">
            <span className="menu-title">{words(`device.${id}`)}</span>
            <span className="menu-note">{note}</span>
          </span>
        </>
      )}
    </MenuItem>
  );
}

/** What is known of a device: its self-test, or why it cannot be used. */
function deviceNote(report: DeviceReport, words: Translate): string {
  if (report.state === 'ready' && report.seconds !== undefined) {
    return words('device.readyTime', { time: formatSeconds(report.seconds) });
  }
  const note = words(`device.${report.state}`);
  return report.reason === undefined ? note : `${note}: ${report.reason}`;
}
