// What somebody who means harm, or a flow that does not answer, tries on the way to Node-RED: the others notice nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { ask, jsonOf } from '../support/http-house.ts';
import { LiveClient } from '../support/live-client.ts';
import { People } from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'homerule-flows-'));
let house: TestHouse;
let people: People;

/** Answers with what came along. */
function endpoint(method: string, url: string): object[] {
  const id = `${method}${url}`;
  const func = 'msg.payload = { said: msg.payload, headers: msg.req.headers }; return msg;';
  return [
    { id: `${id}in`, z: 'tab', type: 'http in', url, method, wires: [[`${id}code`]] },
    { id: `${id}code`, z: 'tab', type: 'function', func, outputs: 1, wires: [[`${id}out`]] },
    { id: `${id}out`, z: 'tab', type: 'http response', statusCode: '', headers: {}, wires: [] },
  ];
}

const flows = [
  { id: 'tab', type: 'tab', label: 'test' },
  ...endpoint('post', '/closed'),
  ...endpoint('delete', '/closed'),
  ...endpoint('post', '/open'),
  { id: 'silent', z: 'tab', type: 'http in', url: '/silent', method: 'get', wires: [[]] },
];

beforeAll(async () => {
  writeFileSync(join(folder, 'homerule.yaml'), 'flows: { public: [/open, /silent], patience: 10s }\n');
  house = await startHouse({ dataDir: folder });
  people = await People.of(house);
  await people.api('admin', '/flows/start', { method: 'POST' });
  await people.deploy(flows);
  while ((await ask(people, '/endpoint/open', { method: 'POST' })).status !== 200);
}, 60_000);

afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the house goes on when', () => {
  it('a part behind # hides no path from the rules', async () => {
    for (const path of ['/red/diagnostics#', '/red/diagnostics#?x', '/endpoint/closed#'])
      expect(jsonOf(await people.red('viewer', path))).toMatchObject({ status: 400, code: 'bad-path' });
  });

  it.each(['POST', 'DELETE'])('%s with a body of unknown length', async (method) => {
    const headers = { 'Transfer-Encoding': 'chunked' };
    const answer = await people.red('editor', '/endpoint/closed', { method, headers, body: '{"a":1}' });
    expect(jsonOf(answer)).toMatchObject({ said: { a: 1 } });
  });

  it('an answer that comes before the body was read arrives', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 60; i++) {
      const answer = await people.red('editor', '/endpoint/missing', { method: 'POST', body: '{"a":1}' });
      statuses.add(answer.status);
    }
    expect([...statuses]).toEqual([404]);
  });

  it.each([
    ['of the house does not reach', true],
    ['of others reaches', false],
  ])('a token %s a flow that is for everybody', async (_, isOurs) => {
    const token = isOurs ? await people.token(['operate']) : 'of-others';
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const answer = jsonOf(await ask(people, '/endpoint/open', { method: 'POST', headers }));
    expect(answer['headers']).toEqual(
      isOurs
        ? expect.not.objectContaining({ authorization: expect.anything() })
        : expect.objectContaining({ authorization: headers.Authorization }),
    );
  });

  it('keep nobody from the editor', async () => {
    const asked = Array.from({ length: 300 }, () =>
      request({ host: '127.0.0.1', port: people.port, path: '/endpoint/silent', agent: false }),
    );
    const busy = new Promise((resolve) => {
      for (const one of asked) one.on('error', () => undefined).on('response', resolve);
    });
    for (const one of asked) one.end();
    expect(await busy).toMatchObject({ statusCode: 503 });
    expect((await people.red('admin', '/red/flows')).status).toBe(200);
    for (const one of asked) one.destroy();
  });

  const comms = async (): Promise<LiveClient> => {
    const headers = { Cookie: people.cookie('viewer'), Origin: people.origin };
    const client = new LiveClient(`ws://127.0.0.1:${people.port}/red/comms`, { headers });
    await new Promise((resolve) => client.socket.once('open', resolve));
    return client;
  };

  it.each([
    'null',
    '{"auth":{}}',
    '{"subscribe":{"a":1}}',
    '{"subscribe":"a{2,1}"}',
    `{"subscribe":"${'+'.repeat(60)}!"}`,
    '{"topic":"multiplayer/connect"}',
    'no JSON',
  ])('somebody who may only look says %s on the socket of the editor', async (message) => {
    const client = await comms();
    client.socket.send(message);
    client.socket.send(JSON.stringify({ subscribe: 'notification/#' }));
    await new Promise((resolve) => client.socket.once('message', resolve));
    client.socket.terminate();
    expect(jsonOf(await people.api('viewer', '/flows'))).toMatchObject({ state: 'running', restarts: 0 });
  });

  it.each<readonly [string, Buffer | string, object]>([
    ['bytes', Buffer.from('null'), {}],
    ['parts', 'nu', { fin: false }],
    ['much', 'x'.repeat(70_000), {}],
  ])('somebody sends %s there, which ends that socket alone', async (_, data, options) => {
    const client = await comms();
    client.socket.send(data, options);
    expect(await client.closed).toBe(1006);
    expect(jsonOf(await people.api('viewer', '/flows'))).toMatchObject({ state: 'running', restarts: 0 });
  });
});
