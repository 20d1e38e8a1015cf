// A busy house before the page: 2,000 topics and 500 messages a second leave the page calm and small.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { TestBrowser, testWithChromium as test, type View } from './support.ts';

const topics = 2_000;
const perBatch = 50;
const batches = 100;
/** Ten batches a second are 500 messages a second. */
const batchMs = 100;
const heapMiB = 10;

const browser = new TestBrowser();
let house: TestHouse;
let mqtt: MqttClient;

beforeAll(async () => {
  house = await startHouse();
  mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`);
  for (let index = 0; index < topics; index += 1) mqtt.publish(topicOf(index), messageOf(0));
  await mqtt.publishAsync('flood/ready', 'yes', { qos: 1 });
});

afterAll(async () => {
  await mqtt?.endAsync();
  await browser.close();
  await house?.stop();
});

function topicOf(index: number): string {
  return `flood/room${index % 20}/sensor${Math.floor(index / 20)}`;
}

function messageOf(batch: number): string {
  return JSON.stringify({ celsius: 20 + (batch % 10) / 10, batch });
}

/** Sends at the pace of the house's own clock, so that a slow machine is not asked for more. */
async function flood(): Promise<void> {
  let next = Date.now();
  for (let batch = 1; batch <= batches; batch += 1) {
    for (let index = 0; index < perBatch; index += 1)
      mqtt.publish(topicOf((batch * perBatch + index) % topics), messageOf(batch));
    await mqtt.publishAsync('flood/last', String(batch), { qos: 1 });
    next += batchMs;
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, Math.max(0, next - Date.now()));
    await promise;
  }
}

const watchTasks = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask' });
`;

async function heapOf({ page }: View): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1_048_576;
}

test('no task of the page is long, and its memory does not grow', { timeout: 90_000 }, async () => {
  const view = await browser.open(`${house.url}/topics?topic=flood%2Froom0%2Fsensor0`);
  const { page } = view;
  await page
    .getByRole('treeitem', { name: /sensor0/ })
    .first()
    .waitFor();
  await page.locator('.pill[data-state="live"]').waitFor();
  await flood();
  const before = await heapOf(view);
  await page.evaluate(watchTasks);
  await flood();
  const tasks = await page.evaluate<number[]>('window.longTasks');
  const grown = (await heapOf(view)) - before;
  console.log(
    `flood: ${tasks.length} tasks over 50 ms, the longest ${Math.max(0, ...tasks)} ms; heap ${grown.toFixed(1)} MiB`,
  );
  expect(tasks.filter((ms) => ms > 100)).toEqual([]);
  expect(grown).toBeLessThan(heapMiB);
  expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
  expect(view.complaints).toEqual([]);
  await view.close();
});
