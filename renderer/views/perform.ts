/** Does what an action says, whether a key, the palette or a menu asked for it. */
import type { Does } from '../state/actions.ts';
import type { Command } from '../state/commands.ts';
import { stackOf, stepHead, stepLayer } from '../state/selection.ts';
import { stepZoom } from '../state/settings.ts';
import { stepStation } from '../state/stations.ts';
import { stepView } from '../state/views.ts';
import { stationsOf } from '../state/worked-example.ts';
import type { Translate } from '../view-models/failure.ts';
import type { PaletteDoes } from '../view-models/palette.ts';
import type { AppServices } from './context.tsx';
import { togglePlay } from './use-play.ts';

/** An action of the palette. */
export function perform(services: AppServices, does: PaletteDoes, words: Translate): void {
  const { session } = services;
  if ('command' in does) performCommand(services, does.command);
  else if ('menu' in does) services.menu.send(does.menu);
  else if ('own' in does) performOwn(services, does.own, words);
  else if ('station' in does) session.select({ station: does.station, view: 'matrix' });
  else if ('view' in does) session.select({ station: does.of, view: does.view, mode: 'all' });
  else if ('model' in does) void session.openModel(does.model);
  else if ('device' in does) session.chooseDevice(does.device);
  else if ('head' in does) session.select(does.head);
  else session.setInput(does.text.text, does.text.pair);
}

export function performCommand(services: AppServices, command: Command): void {
  if ('by' in command) {
    move(services, command);
    return;
  }
  const { session, menu } = services;
  const actions: Readonly<Record<typeof command.kind, () => void>> = {
    help: () => menu.send('help-keys'),
    palette: () => menu.send('command-palette'),
    settings: () => menu.send('preferences'),
    export: () => document.querySelector<HTMLButtonElement>('[data-testid=export]')?.click(),
    mode: () => switchMode(services),
    play: () => togglePlay(services),
    'what-if': () => toggleWhatIf(services),
    undo: () => session.changes.undo(),
    redo: () => session.changes.redo(),
    sentence: () => {
      session.leaveExample();
      menu.send('edit-sentence');
    },
  };
  actions[command.kind]();
}

function performOwn(services: AppServices, own: Extract<Does, { own: string }>['own'], words: Translate): void {
  const { settings, session, history } = services;
  const { zoom, motion, explain } = settings.getState();
  if (own === 'example') session.openExample(words('example.name'));
  else if (own === 'forget') history.clear();
  else if (own === 'motion') settings.setState({ motion: !motion });
  else if (own === 'explain') settings.setState({ explain: !explain });
  else settings.setState({ zoom: own === 'usual-size' ? 1 : stepZoom(zoom, own === 'larger' ? 1 : -1) });
}

function switchMode({ store, session }: AppServices): void {
  session.select({ mode: store.getState().selection.mode === 'all' ? 'one' : 'all' });
}

/** Shows the changes in the place of the numbers, or the other way round, and goes there. */
function toggleWhatIf({ store, session }: AppServices): void {
  session.changes.set({ isOpen: !store.getState().whatIf.isOpen });
  // The tab is marked as chosen once the panel is drawn.
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.inspector [role=tab][aria-selected=true]')?.focus(),
  );
}

function move({ store, session }: AppServices, command: Extract<Command, { by: -1 | 1 }>): void {
  const { selection, run, model, covered } = store.getState();
  const stack = stackOf((run.model ?? model.opened)?.stacks ?? [], selection);
  if (command.kind === 'view') session.select(stepView(selection, command.by));
  else if (command.kind === 'station')
    session.select({ station: stepStation(selection.station, command.by, stationsOf(covered !== null)) });
  else if (stack !== null && command.kind === 'head') session.select(stepHead(selection, stack, command.by));
  else if (stack !== null) session.select(stepLayer(selection, stack, command.by));
}
