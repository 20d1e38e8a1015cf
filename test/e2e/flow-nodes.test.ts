// The nodes in Node-RED's editor, before a real house: each is in the palette, its form opens, picks and keeps.
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodeRed from 'node-red';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildPalette } from '../../flows/nodes/build/palette.ts';
import { kinds } from '../../flows/nodes/src/kinds/table.ts';
import { FakeEngine, lamp } from '../flows/nodes/fake-engine.ts';
import { TestBrowser, testWithChromium, type View } from './support.ts';

const house = new FakeEngine();
const browser = new TestBrowser();
const server = createServer((request, response) => nodeRed.httpAdmin(request, response));
let url = '';
let folder = '';

beforeAll(async () => {
  house.devices.set('lamp', lamp(true, { room: 'Hall', name: 'Lamp in the hall' }));
  await house.start();
  folder = mkdtempSync(join(tmpdir(), 'homerule-palette-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  await buildPalette(join(folder, 'palette'));
  nodeRed.init(server, {
    userDir: join(folder, 'user'),
    nodesDir: join(folder, 'palette'),
    httpAdminRoot: '/',
    httpNodeRoot: false,
    logging: { console: { level: 'off', metrics: false, audit: false } },
    editorTheme: { tours: false, projects: { enabled: false } },
    telemetry: { enabled: false, updateNotification: false },
    homerule: { url: house.url },
  } as never);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await nodeRed.start();
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser.close();
  await nodeRed.stop();
  server.close();
  await house.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function open(language: 'en-US' | 'zh-CN'): Promise<View> {
  const view = await browser.open(url);
  await view.page.evaluate((code) => localStorage.setItem('editor-language', code), language);
  await view.page.reload();
  await view.page.waitForSelector('[data-palette-type="homerule-notify"]', { state: 'attached' });
  return view;
}

/** Puts a node on the sheet and opens its form. */
async function edit(page: Page, type: string): Promise<void> {
  await page.evaluate((name) => {
    const red = (
      window as never as {
        RED: {
          view: { importNodes(nodes: object[], how: object): void };
          editor: { edit(node: unknown): void };
          nodes: { filterNodes(by: object): unknown[] };
        };
      }
    ).RED;
    red.view.importNodes([{ id: `id-${name}`, type: name, x: 200, y: 200, wires: [] }], {
      generateIds: true,
      notify: false,
    });
    red.editor.edit(red.nodes.filterNodes({ type: name }).at(-1));
  }, type);
  await page.waitForSelector('#dialog-form', { state: 'visible' });
}

describe.each(['en-US', 'zh-CN'] as const)('the palette in %s', (language) => {
  testWithChromium('has a form for each node, in its words', async () => {
    const { page, complaints, close } = await open(language);
    for (const { type, fields } of kinds.slice(1)) {
      await edit(page, type);
      const labels = await page.locator('#dialog-form label span[data-i18n]').allTextContents();
      expect(labels.length, type).toBeGreaterThan(Object.keys(fields).length);
      expect(
        labels.filter((text) => text === '' || text.includes('homerule.')),
        type,
      ).toEqual([]);
      expect(
        labels.some((text) => /\p{Script=Han}/u.test(text)),
        type,
      ).toBe(language === 'zh-CN');
      await page.click('#node-dialog-cancel');
      await page.waitForSelector('#dialog-form', { state: 'detached' });
    }
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('a form', () => {
  testWithChromium('asks the house what there is to pick, and keeps what was chosen', async () => {
    const { page, complaints, close } = await open('en-US');
    await edit(page, 'homerule-device-in');
    await page.fill('#node-input-target', 'la');
    await page.press('#node-input-target', 'm');
    await page
      .locator('.red-ui-autoComplete-container, .red-ui-menu', { hasText: 'Lamp in the hall' })
      .first()
      .waitFor();
    await page.fill('#node-input-target', 'lamp');
    await page.fill('#node-input-property', 'on');
    await page.selectOption('#node-input-compare', 'gt');
    await page.waitForSelector('[data-field="value"]', { state: 'visible' });
    await page.click('#node-dialog-ok');
    await page.waitForSelector('#dialog-form', { state: 'detached' });
    const saved = await page.evaluate(() => {
      const red = (
        window as never as { RED: { nodes: { filterNodes(by: object): object[]; convertNode?: unknown } } }
      ).RED;
      const [node] = red.nodes.filterNodes({ type: 'homerule-device-in' });
      const { target, property, compare, outputs, version, valid } = node as Record<string, unknown>;
      return { target, property, compare, outputs, version, valid };
    });
    expect(saved).toEqual({
      target: 'lamp',
      property: 'on',
      compare: 'gt',
      outputs: 2,
      version: 1,
      valid: true,
    });
    expect(complaints).toEqual([]);
    await close();
  });
});
