// A running house as its users meet it: over MQTT and over HTTP. Everything that a test opens is closed behind it.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, expect } from 'vitest';
import type { RuleView } from '../../src/api/index.ts';
import { type StartOptions, startHouse, type TestHouse } from './house.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homerule-test-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function house(dataDir = freshFolder(), options: StartOptions = {}): Promise<TestHouse> {
  const started = await startHouse({ ...options, dataDir });
  undo.push(() => started.stop());
  return started;
}

export async function client(
  port: number,
  options: { clientId?: string; clean?: boolean; username?: string; password?: string } = {},
): Promise<MqttClient> {
  const connected = await connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 0, ...options });
  undo.push(() => connected.endAsync(true));
  return connected;
}

/** Messages as `topic payload`, each awaited by `next`. */
export async function listen(port: number, filter: string): Promise<() => Promise<string>> {
  const listener = await client(port);
  const heard: string[] = [];
  const signal = new EventTarget();
  listener.on('message', (topic, payload) => {
    heard.push(`${topic} ${payload}`);
    signal.dispatchEvent(new Event('heard'));
  });
  await listener.subscribeAsync(filter, { qos: 1 });
  return async () => {
    while (heard.length === 0) await once(signal, 'heard');
    return heard.shift() ?? '';
  };
}

export async function get<View>(url: string): Promise<View> {
  const answer = await fetch(url);
  expect(answer.status, url).toBe(200);
  return (await answer.json()) as View;
}

export async function apply(at: TestHouse, id: string, text: string): Promise<RuleView> {
  const headers = { 'content-type': 'text/yaml' };
  const answer = await fetch(`${at.url}/api/v1/rules/${id}`, { method: 'PUT', headers, body: text });
  expect([200, 201]).toContain(answer.status);
  return (await answer.json()) as RuleView;
}
