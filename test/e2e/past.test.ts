// What was, and how things hang together: the pages History and Map before a real house, in both languages.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  overflowOf,
  picture,
  putRule,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;
let mqtt: MqttClient;

const fan = `id: fan
name: 风扇
labels: [climate]
triggers:
  - message: home/room/temperature
conditions:
  - payload.celsius > 28
actions:
  - publish: home/room/fan/set
    payload: { state: "ON" }
`;
const ping = `id: ping
name: Ping
triggers:
  - message: play/ping
actions:
  - publish: play/pong
    payload: "{{ payload + 1 }}"
`;
const pong = `id: pong
name: Pong
triggers:
  - message: play/pong
conditions:
  - payload < 2
actions:
  - publish: play/ping
    payload: "{{ payload + 1 }}"
`;

beforeAll(async () => {
  house = await startHouse();
  await putRule(house.url, 'fan', fan);
  await putRule(house.url, 'ping', ping);
  await putRule(house.url, 'pong', pong);
  mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`);
  for (const celsius of [21, 22.5, 24, 30, 29.5])
    await mqtt.publishAsync('home/room/temperature', JSON.stringify({ celsius, window: celsius > 25 }), {
      qos: 1,
    });
});

afterAll(async () => {
  await browser.close();
  await mqtt?.endAsync();
  await house?.stop();
});

const history = `/history?span=1h&series=${encodeURIComponent('home/room/temperature#celsius+home/room/temperature#window')}`;

describe.each([
  [390, 'zh-CN', 'light'],
  [390, 'zh-CN', 'dark'],
  [1280, 'en-GB', 'light'],
  [1280, 'en-GB', 'dark'],
  [320, 'en-GB', 'light'],
] as const)('at %i px in %s, %s', (width, locale, scheme) => {
  test('the past and the map fit, and everybody can use them', async () => {
    const view = await browser.open(house.url, { width, height: 844, locale, scheme });
    const { page } = view;
    for (const [name, path, ready] of [
      ['history-none', '/history', '.empty'],
      ['history', history, '.panel canvas'],
      ['map', '/map?as=map&node=rule%20ping', '.map-node'],
      ['map-list', '/map?as=list', '.map-rule'],
    ] as const) {
      await page.goto(house.url + path);
      await page.locator(ready).first().waitFor();
      await page.locator('.pill[data-state="live"]').waitFor();
      await picture(page, `${name}-${width}-${locale}-${scheme}`);
      await expectAccessible(page);
      expect(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
      if (width < 900 && name !== 'map')
        expect(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
    }
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});
