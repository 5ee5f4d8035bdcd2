/** A run as the app has it: what the views' figures are made of, from the same engine and the same view-models. */
import * as native from '../../../native-models/index.ts';
import type { DeviceChoice, Intervention, TextInput } from '../../../native-models/index.ts';
import { CATALOGUES, createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import type { Selection } from '../../../renderer/state/selection.ts';
import { decodeSlice } from '../../../renderer/state/slices.ts';
import type { SliceRequest } from '../../../renderer/state/slices.ts';
import type { Translate } from '../../../renderer/view-models/failure.ts';
import { engineContract } from '../../api/contract.ts';
import type { EngineChannel, RequestInput, Response } from '../../api/contract.ts';
import { createEngine } from '../../engine/handlers.ts';
import type { Engine } from '../../engine/handlers.ts';
import { settingsFolder } from '../../host/settings-folder.ts';

export const LANGUAGES = Object.keys(CATALOGUES) as readonly (keyof typeof CATALOGUES)[];
export type Language = (typeof LANGUAGES)[number];

/** As many candidates as the window lists. */
const CANDIDATES = 10;

export class AppRun {
  readonly #engine: Engine;
  readonly words: Translate;
  readonly device: DeviceChoice;

  constructor(language: Language, device: DeviceChoice) {
    this.#engine = createEngine(native, { settingsFolder: settingsFolder() });
    this.words = translator(createI18n(language), language);
    this.device = device;
  }

  /** Asks a handler of the engine, with the contract's defaults filled in. @throws ModelError */
  async ask<C extends EngineChannel>(channel: C, request: RequestInput<C>): Promise<Response<C>> {
    const complete = engineContract[channel].request.parse(request) as never;
    return this.#engine.handlers[channel](complete, () => undefined);
  }

  /** Asks until a part is there. */
  async whole<T, V>(ask: () => Promise<T>, valueOf: (part: T) => V | null): Promise<V> {
    for (;;) {
      const value = valueOf(await ask());
      if (value !== null) return value;
    }
  }

  async run(
    model: string,
    input: TextInput,
    interventions: readonly Intervention[],
  ): Promise<Omit<Frame, 'selection' | 'matrices'>> {
    const opened = await this.ask('model.open', { model, device: this.device });
    const changes = interventions as RequestInput<'text.run'>['interventions'];
    const asked = { model, device: this.device, input, interventions: changes, lane: 'figure', candidates: CANDIDATES };
    const run = await this.ask('text.run', asked);
    return { run, model: opened, input, interventions: changes ?? [] };
  }

  /** @param requests those that are optional may be missing */
  async frame(
    run: Omit<Frame, 'selection' | 'matrices'>,
    selection: Selection,
    requests: readonly SliceRequest[],
  ): Promise<Frame> {
    const { traceId } = run.run;
    const matrices = [];
    for (const { name, head, rows, optional } of requests) {
      const asked = this.ask('trace.slice', { traceId, name, head, rows });
      try {
        matrices.push(decodeSlice(await asked));
      } catch (error) {
        if (optional !== true) throw error;
      }
    }
    return { ...run, selection, matrices };
  }

  dispose(): Promise<void> {
    return this.#engine.dispose();
  }
}
