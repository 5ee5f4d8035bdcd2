/** What every test stands on: the app's server, a page in which any error fails the test, and the words for its parts. */
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { startApp, type AppServer } from './server.ts';

/** The window and its parts, by what they are for. */
export class App {
  readonly page: Page;
  readonly server: AppServer;

  constructor(page: Page, server: AppServer) {
    this.page = page;
    this.server = server;
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  get sentence(): Locator {
    return this.part('sentence');
  }

  get matrix(): Locator {
    return this.part('matrix');
  }

  /** The selected cell in one sentence, as a screen reader says it. */
  get readout(): Locator {
    return this.part('readout');
  }

  async open(): Promise<void> {
    await this.page.goto(this.server.url);
    await expect(this.part('matrix').or(this.part('vectors'))).toBeVisible({ timeout: 30_000 });
  }

  /** Types a text in place of the old one and waits until the stage shows it. */
  async type(text: string, tokens: number): Promise<void> {
    await this.sentence.fill(text);
    await this.shows(tokens);
  }

  /** Waits until the window shows a finished run of this many tokens. */
  async shows(tokens: number): Promise<void> {
    await expect(this.part('status-tokens')).toHaveText(new RegExp(`^${tokens} tokens?$`));
    await expect(this.part('stage')).toHaveAttribute('aria-busy', 'false');
  }

  async station(id: string): Promise<void> {
    await this.part(`station-${id}`).click();
    await expect(this.part(`figure-${id}`)).toBeVisible();
    await expect(this.part('stage')).toHaveAttribute('aria-busy', 'false');
  }

  /** Layer and head by the two lists of the ribbon. */
  async head(layer: number, head: number): Promise<void> {
    for (const [list, index] of [
      ['layer-select', layer],
      ['head-select', head],
    ] as const) {
      await this.part(list).click();
      await this.page.getByRole('option').nth(index).click();
    }
    await expect(this.part('stage-subtitle')).toContainText(`layer ${layer}, head ${head}`);
    await expect(this.part('stage')).toHaveAttribute('aria-busy', 'false');
  }

  async cell(query: number, key: number): Promise<void> {
    await this.part(`token-${query}`).click();
    await this.part(`token-${key}`).click({ modifiers: ['Shift'] });
  }

  /** Opens a model, unless it is open already, and waits for its run. */
  async model(id: string): Promise<void> {
    if ((await this.part('model-picker').innerText()).startsWith(id)) return;
    await this.part('model-picker').click();
    await this.part(`model-${id}`).click();
    await expect(this.part('model-picker')).toContainText(id);
    await expect(this.part('status')).toContainText(id, { timeout: 30_000 });
    await expect(this.part('stage')).toHaveAttribute('aria-busy', 'false');
  }

  /** What colours the heads: `pictures`, `statistic.…` or `score.…`; waits until the heads have it. */
  async colour(id: string): Promise<void> {
    await this.part('atlas-colour').click();
    await this.part(`colour-${id}`).click();
    await expect(this.part('atlas-legend')).toBeVisible();
  }

  async order(id: 'position' | 'highest' | 'lowest' | 'similar'): Promise<void> {
    await this.part('atlas-order').click();
    await this.part(`order-${id}`).click();
    await expect(this.part('atlas-ranked')).toHaveCount(id === 'position' ? 0 : 1);
  }

  async theme(name: 'light' | 'dark' | 'contrast'): Promise<void> {
    await this.part('settings').click();
    await this.part(`settings-theme-${name}`).click();
    await this.page.keyboard.press('Escape');
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', name);
  }
}

/** What Chromium notes where it draws WebGL without a graphics card and reads the picture back. */
const SOFTWARE_GL = /GL Driver Message .*GPU stall due to ReadPixels/u;

interface Fixtures {
  /** The app, opened and showing the attention of headlight-gpt. */
  readonly app: App;
  /** What went wrong in the page; a test that expects something removes it. */
  readonly problems: string[];
}

export const test = base.extend<Fixtures, { server: AppServer }>({
  server: [
    async ({}, use) => {
      const server = await startApp();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
      page.on('console', (message) => {
        // WebGL without a graphics card is read back for every frame; Chromium says so, and it is no fault of the page.
        if (message.text().includes('GPU stall due to ReadPixels')) return;
        const isProblem = message.type() === 'error' || message.type() === 'warning';
        if (isProblem && !SOFTWARE_GL.test(message.text()))
          problems.push(`console: ${message.text()} (${message.location().url})`);
      });
      await use(problems);
      expect(problems, 'errors, warnings and refused resources of the page').toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page, server }, use) => {
    const app = new App(page, server);
    await app.open();
    await app.model('headlight-gpt');
    await use(app);
  },
});

export { expect };

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The number in a readout: `looks at it: weight 0.1234`, `−0.04100`, `4.100·10⁻⁵`. */
export function numberIn(text: string): number {
  const plain = text
    .replaceAll('−', '-')
    .replace('·10', 'e')
    .replaceAll('⁻', '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
  return Number(/(-?[\d.]+(?:e-?\d+)?)\D*$/.exec(plain)?.[1]);
}

/** The number that stands in an element's title in full float32 precision. */
export async function exact(app: App, testId: string): Promise<number> {
  const title = (await app.part(testId).getAttribute('title')) ?? '';
  return Number(title.replaceAll('−', '-').replace('∞', 'Infinity'));
}
