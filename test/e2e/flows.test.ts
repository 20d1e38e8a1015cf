// Node-RED's editor in a real browser with the login of the house: who administers deploys, who looks on cannot, and pages of
// others can do neither.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { makeAdministrator, picture, TestBrowser, testWithChromium as test } from './support.ts';

const browser = new TestBrowser();
const password = 'lang genug 7';
const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});
afterAll(() => browser.close());

async function house(): Promise<TestHouse> {
  const started = await startHouse({ env: { HOMERULE_FLOWS__PATIENCE: '20s' } });
  undo.push(() => started.stop());
  return started;
}

const beAdmin = (page: Page): Promise<void> => makeAdministrator(page, 'anna', password);

const hello = [
  { id: 'in', type: 'http in', url: '/hello', method: 'get', x: 120, y: 80, wires: [['say']] },
  { id: 'say', type: 'template', template: 'hello from a flow', x: 320, y: 80, wires: [['out']] },
  { id: 'out', type: 'http response', x: 520, y: 80, wires: [] },
];

async function openEditor(page: Page, { url }: TestHouse): Promise<void> {
  await page.goto(`${url}/red/`);
  await page.locator('#red-ui-header-button-deploy').waitFor();
  await page.locator('.red-ui-loading-bar, #red-ui-loading-progress').first().waitFor({ state: 'hidden' });
}

async function importFlow(page: Page): Promise<void> {
  await page.locator('#red-ui-workspace-chart').click();
  await page.keyboard.press('Control+i');
  await page.locator('#red-ui-clipboard-dialog-import-text').fill(JSON.stringify(hello));
  await page.locator('#red-ui-clipboard-dialog-ok').click();
  await page.locator('#red-ui-workspace-chart').click({ position: { x: 300, y: 200 } });
}

test('an administrator draws a flow in the editor, deploys it, and it runs', async () => {
  const at = await house();
  const view = await browser.open(at.setupUrl ?? '', { locale: 'zh-CN' });
  undo.push(() => view.close());
  const { page, complaints } = view;
  await beAdmin(page);
  await openEditor(page, at);
  await importFlow(page);
  const deploy = page.locator('#red-ui-header-button-deploy');
  expect(await deploy.textContent()).toContain('部署');
  const deployed = page.waitForResponse(
    (one) => one.request().method() === 'POST' && one.url().endsWith('/red/flows'),
  );
  await deploy.click();
  expect((await deployed).ok()).toBe(true);
  await deploy.locator('.red-ui-deploy-button-spinner').waitFor({ state: 'hidden' });
  await picture(page, 'flows-editor-zh');
  const answer = await page.request.get(`${at.url}/endpoint/hello`);
  expect(await answer.text()).toBe('hello from a flow');
  expect(complaints).toEqual([]);
});

test('a deploy leaves the flows alone that were not changed', async () => {
  const at = await house();
  const { page, close } = await browser.open(at.setupUrl ?? '');
  undo.push(close);
  await beAdmin(page);
  await openEditor(page, at);
  await importFlow(page);
  const sent = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/red/flows'));
  await page.locator('#red-ui-header-button-deploy').click();
  expect((await sent).headers()['node-red-deployment-type']).toBe('nodes');
});

test('the editor is as light or dark as the page around it, and in its language', async () => {
  const at = await house();
  const { page, complaints, close } = await browser.open(at.setupUrl ?? '', {
    ...{ width: 390, height: 844, scheme: 'dark', locale: 'zh-CN' },
  });
  undo.push(close);
  await beAdmin(page);
  await page.goto(`${at.url}/flows?part=editor`);
  const editor = page.frameLocator('.flows-frame');
  await editor.locator('#red-ui-header-button-deploy').waitFor();
  await editor.locator('html.nr-theme-dark').waitFor();
  expect(await editor.locator('#red-ui-header-button-deploy').textContent()).toContain('部署');
  await picture(page, 'flows-editor-dark-390');
  const head = page.locator('details.flows-fold');
  expect(await head.locator('.flows-commands').isVisible()).toBe(false);
  await head.locator('summary').click();
  await head.getByRole('button', { name: '重启' }).waitFor();
  await head.locator('summary').click();
  expect(await page.locator('.flows-own').getAttribute('href')).toBe('/red/');
  await page.emulateMedia({ colorScheme: 'light' });
  await editor.locator('html:not(.nr-theme-dark)').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await editor.locator('html.nr-theme-dark').waitFor();
  const round = page.getByRole('button', { name: /外观|主题|配色/ });
  await round.click(); // from what the device has to light
  await editor.locator('html:not(.nr-theme-dark)').waitFor();
  expect(complaints).toEqual([]);
});

test('who may only look sees the flows and cannot deploy', async () => {
  const at = await house();
  const admin = await browser.open(at.setupUrl ?? '');
  undo.push(() => admin.close());
  await beAdmin(admin.page);
  const user = { name: 'gast', role: 'viewer', password };
  const made = await admin.page.request.post(`${at.url}/api/v1/users`, { data: user });
  expect(made.status()).toBe(201);
  const { page, close } = await browser.open(at.url);
  undo.push(close);
  await page.locator('input[name=username]').fill('gast');
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('.pill[data-state="live"]').waitFor();
  await openEditor(page, at);
  const refused = await page.evaluate<number>(`
    fetch('/red/flows', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Node-RED-API-Version': 'v2' },
      body: JSON.stringify({ flows: ${JSON.stringify(hello)} }),
    }).then((answer) => answer.status)
  `);
  expect(refused).toBe(403);
  expect(await page.evaluate<boolean>('RED.user.hasPermission("flows.write")')).toBe(false);
});

/** A page on another port of this machine: browsers send our cookie along. */
async function foreignPage({ url }: TestHouse): Promise<string> {
  const form = `<form method="post" action="${url}/red/flow"><input name="label" value="x">
    <input name="nodes[0][type]" value="function"><button>go</button></form>`;
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(form);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  undo.push(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

test('a page of another origin deploys nothing and hears nothing', async () => {
  const at = await house();
  const { page, close } = await browser.open(at.setupUrl ?? '');
  undo.push(close);
  await beAdmin(page);
  await openEditor(page, at);
  await page.goto(await foreignPage(at));
  const socket = `${at.url.replace('http', 'ws')}/red/comms`;
  const heard = await page.evaluate<string>(`new Promise((resolve) => {
    const socket = new WebSocket(${JSON.stringify(socket)});
    socket.onopen = () => resolve('open');
    socket.onerror = () => resolve('refused');
  })`);
  expect(heard).toBe('refused');
  const answered = page.waitForResponse(`${at.url}/red/flow`);
  await page.locator('button').click();
  expect((await answered).status()).toBe(403);
  const flows = await page.request.get(`${at.url}/red/flows`);
  expect(JSON.stringify(await flows.json())).not.toContain('function');
});
