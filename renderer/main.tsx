/** Starts the page: connects, makes the stores, and draws the window. */
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { connect } from './client/connect.ts';
import type { FigureData } from './figures/figure-data.ts';
import { createI18n } from './i18n/index.ts';
import { readAddress, writeAddress } from './state/address.ts';
import { createAppStore, NO_RUN } from './state/app-state.ts';
import type { AppState, Run } from './state/app-state.ts';
import { shownRun, shownView } from './state/changed-run.ts';
import { computesWithMatrices } from './state/exact.ts';
import { besideSelection } from './state/beside.ts';
import { FrameSource } from './state/frames.ts';
import type { FrameOptions } from './state/frames.ts';
import { followHistory } from './state/follow-history.ts';
import { History } from './state/history.ts';
import { HoverStore } from './state/hover.ts';
import { Library } from './state/library.ts';
import { MenuLine } from './state/menu-line.ts';
import { checkMachine } from './state/self-check.ts';
import { ShownFigureStore } from './state/shown-figure.ts';
import { Session } from './state/session.ts';
import { FIRST_SELECTION, fitToModel } from './state/selection.ts';
import { createSettings, shownLanguage } from './state/settings.ts';
import type { SystemFacts } from './state/settings.ts';
import { firstText } from './view-models/examples.ts';
import { tellingHead } from './view-models/heads.ts';
import { inspectorSlices, stationSlices } from './view-models/names.ts';
import { walkSlices } from './view-models/walk-names.ts';
import { App } from './views/app.tsx';
import { ServicesProvider } from './views/context.tsx';
import type { AppServices } from './views/context.tsx';

/** Slices for the inspector wait this long, so that running past heads asks only for figures. */
const INSPECTOR_DELAY_MS = 60;

function watchSystem(): StoreApi<SystemFacts> {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const facts = (): Omit<SystemFacts, 'locale'> => ({ dark: dark.matches, moreContrast: contrast.matches });
  const store = createStore<SystemFacts>(() => ({ ...facts(), locale: navigator.language }));
  for (const query of [dark, contrast]) {
    query.addEventListener('change', () => {
      store.setState(facts());
    });
  }
  return store;
}

function createServices(): AppServices {
  const client = connect(window);
  const store = createAppStore();
  const address = readAddress(window.location.hash);
  store.setState({
    text: address.text,
    pair: address.pair,
    lens: address.lens,
    flow: address.flow,
    beside: address.beside,
    joint: address.joint,
    projection: address.projection,
  });
  const settings = createSettings(window.localStorage);
  const system = watchSystem();
  const session = new Session(client, store, {
    modelId: address.model ?? settings.getState().modelId,
    onModel: (modelId) => {
      settings.setState({ modelId });
    },
    firstText,
    firstPlace: ({ summaries, tokens }) => {
      const [summary] = summaries;
      const { opened } = store.getState().model;
      if (address.selection !== null && opened !== null)
        return fitToModel({ ...FIRST_SELECTION, ...address.selection }, opened.stacks);
      return summary === undefined ? {} : tellingHead(summary, tokens.length);
    },
  });
  // Figures first: the engine answers in the order of the questions.
  const frames = (options: FrameOptions): FrameSource => new FrameSource(store, session.slices, options);
  const changed = (state: AppState): Run => (shownView(state) === 'original' ? NO_RUN : state.changed);
  const hover = new HoverStore();
  const figures = new ShownFigureStore<SVGSVGElement, FigureData>();
  const drawn = { requestsOf: stationSlices, computes: computesWithMatrices };
  const inspected = { requestsOf: inspectorSlices, delay: INSPECTOR_DELAY_MS };
  const stage = frames(drawn);
  const changedStage = frames({ ...drawn, runOf: changed });
  const besideStage = frames({ ...drawn, runOf: ({ besideRun }) => besideRun, placeOf: besideSelection });
  const walk = frames({ requestsOf: walkSlices, runOf: shownRun });
  const inspector = frames(inspected);
  const changedInspector = frames({ ...inspected, runOf: changed });
  const pointed = frames({ ...inspected, pointer: hover });
  const changedPointed = frames({ ...inspected, runOf: changed, pointer: hover });
  store.subscribe(({ host }) => {
    // A server's own locale says nothing about who looks at the page; the browser's does.
    if (host?.kind === 'electron' && host.locale !== '') system.setState({ locale: host.locale });
  });
  const history = new History(window.localStorage, () => settings.getState().remember);
  followHistory(history, store, settings);
  const inspectors = { inspector, changedInspector, pointed, changedPointed };
  const library = new Library(client, () => void session.listModels());
  const line = {
    menu: new MenuLine(client),
    checkMachine: () => checkMachine(client, navigator.userAgent),
  };
  const own = { session, library, store, settings, system, hover, figures };
  return { ...own, stage, changedStage, besideStage, ...inspectors, walk, history, ...line };
}

/** Typing and moving about change the address so long after the last change, in ms. */
const ADDRESS_DELAY_MS = 300;

/** Keeps the address up with what is shown; a link that is opened in this window starts it anew. */
function followAddress({ store, settings }: AppServices): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    const { pathname, search } = window.location;
    // A browser keeps addresses; what is not to be remembered stays out of them.
    const hash = settings.getState().remember ? writeAddress(store.getState()) : '';
    window.history.replaceState(null, '', hash === '' ? `${pathname}${search}` : `#${hash}`);
  };
  settings.subscribe(({ remember }, before) => {
    if (remember !== before.remember) write();
  });
  store.subscribe(({ model }, before) => {
    clearTimeout(timer);
    // Another model at once: an address with the one before would open that one again.
    if (before.model.id === null || model.id === before.model.id) timer = setTimeout(write, ADDRESS_DELAY_MS);
    else write();
  });
  window.addEventListener('hashchange', () => {
    window.location.reload();
  });
}

const services = createServices();
followAddress(services);
const root = document.getElementById('app');
if (root === null) throw new Error('invalid page: no element #app');
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={createI18n(shownLanguage(services.settings.getState(), services.system.getState()))}>
      <ServicesProvider value={services}>
        <App />
      </ServicesProvider>
    </I18nextProvider>
  </StrictMode>,
);
void services.session.start();
