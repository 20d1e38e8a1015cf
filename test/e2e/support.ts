// A real browser before a real house. Everything that a page complains about is collected and must be nothing.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, type test } from 'vitest';
import { testWith } from '../support/peers.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env['CHROMIUM'] ?? places.find((place) => existsSync(place));
const artefacts = join(import.meta.dirname, '../artefacts');
const builtPage = join(import.meta.dirname, '../../web/dist/index.html');

/** `test` where Chromium is; a skip with its reason elsewhere, a failure where peers are required. */
export const testWithChromium: typeof test | typeof test.skip = testWith(
  'Chromium',
  executablePath !== undefined,
  'apt install chromium fonts-noto-cjk',
) as typeof test;

export interface ViewOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly scheme?: 'light' | 'dark';
  /** The page may keep itself for when the house is away. */
  readonly isApp?: boolean;
}

/** A page with the complaints that it made so far. */
export interface View {
  readonly page: Page;
  readonly complaints: string[];
  close(): Promise<void>;
}

const watchShifts = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`threw ${error.message}`));
  page.on('console', (message) => {
    // A refusal that a test provokes (404, 412) is printed by the browser too; those are seen in the UI instead.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return complaints;
}

export class TestBrowser {
  #browser: Browser | undefined;

  async open(url: string, options: ViewOptions = {}): Promise<View> {
    if (!existsSync(builtPage)) throw new Error('the web UI is not built: npm run build:web');
    this.#browser ??= await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    const { width = 1280, height = 820, locale = 'en-GB', scheme = 'light', isApp = false } = options;
    const context: BrowserContext = await this.#browser.newContext({
      viewport: { width, height },
      hasTouch: width < 900,
      locale,
      colorScheme: scheme,
      reducedMotion: 'reduce',
      serviceWorkers: isApp ? 'allow' : 'block',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript(watchShifts);
    const complaints = listen(page);
    await page.goto(url);
    return { page, complaints, close: () => context.close() };
  }

  async close(): Promise<void> {
    await this.#browser?.close();
  }
}

/** Kept for people to look at; git does not see them. A name may begin with a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = join(artefacts, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  // A change of colours takes a moment: the picture shows its end.
  await page.screenshot({ path, animations: 'disabled' });
}

/** From the first step of the setup, as the link of the start opens it, to the step after the administrator. */
export async function makeAdministrator(page: Page, username: string, password: string): Promise<void> {
  await page.locator('.setup-next').click();
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('.setup-next').click();
  await page.locator('input[name=device]').waitFor();
}

export async function putRule(url: string, id: string, yaml: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/rules/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'text/yaml' },
    body: yaml,
  });
  if (!answer.ok) throw new Error(`the rule ${id} was refused: ${await answer.text()}`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A free port that no outgoing connection takes while a house is away: below the range that systems give those. */
export async function lastingPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await canListen(port)) return port;
  }
  throw new Error('no free port between 20000 and 29999');
}

/** Pixels by which a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}

/** How much of the page moved by itself since it was loaded; browsers call up to 0.1 good. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate<number>('window.shifted');
}

// Text, because the types of this project know no browser.
const smallTargets = `
  [...document.querySelectorAll('button, a[href], input, textarea, [role=treeitem]')]
    .filter((one) => one.checkVisibility() && one.tabIndex >= 0)
    .filter((one) => one.closest('.cm-editor, .sr-only, .shell-skip') === null)
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
    .map(({ one, box }) => [one.className, Math.round(box.width), Math.round(box.height), one.textContent].join(' '))
`;

/** Visible controls that a finger would miss: smaller than 44 by 44. */
export function smallTargetsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(smallTargets);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const findBarriers = (rules: readonly string[]) => `
  axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary)))
`;

/** What axe finds on the page as it is now: against WCAG 2.2 AA, or against some of its rules. */
export async function barriersOf(page: Page, rules: readonly string[] = wcag): Promise<string[]> {
  // Evaluated, not added: the page allows no script but its own.
  await page.evaluate(axe);
  return page.evaluate<string[]>(findBarriers(rules));
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await barriersOf(page)).toEqual([]);
}
