// From plugging in to switching on: a device announces itself, is there without a reload, and takes a command.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test as plainTest } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { PeerProcess, testWithMosquittoClients } from '../support/peers.ts';
import { overflowOf, picture, smallTargetsOf, TestBrowser, testWithChromium } from './support.ts';

const testWithBoth = testWithMosquittoClients === plainTest ? testWithChromium : testWithMosquittoClients;
const browser = new TestBrowser();
let house: TestHouse;
let mqtt: MqttClient;

beforeAll(async () => {
  house = await startHouse();
  mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`);
});

afterAll(async () => {
  await browser.close();
  await mqtt?.endAsync();
  await house?.stop();
});

async function publish(topic: string, payload: string): Promise<void> {
  const to = ['-h', '127.0.0.1', '-p', String(house.mqttPort), '-q', '1', '-r'];
  const { code, output } = await new PeerProcess('mosquitto_pub', [
    ...to,
    '-t',
    topic,
    '-m',
    payload,
  ]).finished();
  expect(code, output).toBe(0);
}

const bulb = {
  name: null,
  unique_id: 'bulb_light',
  schema: 'json',
  brightness: true,
  state_topic: 'bulb',
  command_topic: 'bulb/set',
  availability_topic: 'bulb/online',
  device: { identifiers: ['bulb'], name: 'Desk bulb', manufacturer: 'Lumen', model: 'E27' },
};

testWithBoth('a bulb that is plugged in appears by itself, and its switch is a command on MQTT', async () => {
  const view = await browser.open(`${house.url}/devices`);
  const { page } = view;
  await page.getByText('No devices yet').waitFor();
  await page.getByText(`mqtt://localhost:${house.mqttPort}`).waitFor();
  await page.locator('.pill[data-state="live"]').waitFor();
  await picture(page, 'devices-none');
  await page.evaluate('window.isSamePage = true');

  await publish('homeassistant/light/bulb/config', JSON.stringify(bulb));
  await publish('bulb/online', 'online');
  await publish('bulb', '{"state":"OFF","brightness":51}');
  const row = page.locator('.device-row', { hasText: 'Desk bulb' });
  await row.getByText('20 %').waitFor();
  await row.getByText('new', { exact: true }).waitFor();
  await row.getByTitle('online').waitFor();

  const commands = new Promise<string>((resolve) => {
    mqtt.on('message', (_topic, payload) => resolve(payload.toString()));
  });
  await mqtt.subscribeAsync('bulb/set', { qos: 1 });
  await page.getByRole('switch', { name: 'Desk bulb: Power' }).click();
  expect(JSON.parse(await commands)).toEqual({ state: 'ON' });
  await page.locator('.switch[data-state="pending"] [aria-checked="true"]').waitFor();
  await publish('bulb', '{"state":"ON","brightness":51}');
  await page.locator('.switch[data-state="none"] [aria-checked="true"]').waitFor();
  await picture(page, 'devices-first');

  await row.getByRole('link').click();
  await page.getByRole('slider', { name: 'Brightness' }).focus();
  await page.keyboard.press('End');
  await page.getByText('Told 100 %, waiting for its report.').waitFor();
  await page.getByRole('combobox', { name: 'Room' }).fill('书房');
  await page.getByRole('combobox', { name: 'Room' }).press('Enter');
  await page.locator('.device-state', { hasText: '书房' }).waitFor();
  await picture(page, 'device');
  await page.getByRole('link', { name: 'All devices' }).click();
  await page.getByRole('region', { name: '书房' }).getByText('Desk bulb').waitFor();
  expect(await page.evaluate('window.isSamePage')).toBe(true);
  expect(view.complaints).toEqual([]);
  await view.close();
});

testWithChromium.each([
  [390, 'zh-CN', 'dark'],
  [320, 'en-GB', 'light'],
] as const)('devices fit a phone of %i px in %s, %s', async (width, locale, scheme) => {
  await mqtt.publishAsync('homeassistant/light/bulb/config', JSON.stringify(bulb), { qos: 1, retain: true });
  const view = await browser.open(`${house.url}/devices?add=yes`, { width, height: 844, locale, scheme });
  const { page } = view;
  for (const [name, path, ready] of [
    ['devices', '/devices?add=yes', '.device-row'],
    ['device', '/devices/desk-bulb', '.property'],
  ] as const) {
    await page.goto(house.url + path);
    await page.locator(ready).first().waitFor();
    await page.locator('.pill[data-state="live"]').waitFor();
    await picture(page, `${name}-${width}-${locale}-${scheme}`);
    expect(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
    expect(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
  }
  expect(view.complaints).toEqual([]);
  await view.close();
});
