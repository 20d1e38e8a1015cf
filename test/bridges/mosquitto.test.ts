// mosquitto on the other side, and in the middle between two houses.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/base/index.ts';
import { Mosquitto, mosquittoAbsence, mustHavePeers } from '../cli/mosquitto.ts';
import { CertificateAuthority } from '../support/certificates.ts';
import { Relay } from './relay.ts';
import { soon, startHouse, type TestHouse, type TestHouseOptions } from './support.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: TestHouseOptions = {}): Promise<TestHouse> {
  const started = await startHouse(options);
  undo.push(() => started.stop());
  return started;
}

async function mosquitto(config: readonly string[] = []): Promise<Mosquitto> {
  const started = await Mosquitto.start(config);
  undo.push(() => started.stop());
  return started;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'homerule-test-'));
  undo.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const at = (port: number): string[] => [`127.0.0.1:${port}`];

/** What a client of that broker is sent under a filter, awaited one by one. */
async function listener(port: number, filter: string): Promise<() => Promise<string>> {
  const client = await connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 0 });
  undo.push(() => client.endAsync(true));
  const heard: string[] = [];
  let look = (): void => undefined;
  client.on('message', (topic, payload) => {
    heard.push(`${topic} ${payload}`);
    look();
  });
  await client.subscribeAsync(filter, { qos: 2 });
  return () =>
    new Promise((resolve) => {
      look = () => {
        const first = heard.shift();
        if (first === undefined) return;
        look = () => undefined;
        resolve(first);
      };
      look();
    });
}

describe.skipIf(mosquittoAbsence !== undefined && !mustHavePeers)('mosquitto', () => {
  test.each(['mqttv50', 'mqttv311'] as const)(
    'in the middle of two houses: no loop, nothing twice, %s',
    async (protocol) => {
      const middle = await mosquitto();
      const document = { addresses: at(middle.port), topics: ['test/# both 2'], protocol };
      const houses: TestHouse[] = [];
      for (const name of ['left', 'right']) {
        const each = await house({ name });
        await each.bridges.save('middle', document);
        await each.untilState('middle', 'connected');
        houses.push(each);
      }
      const order = fc.array(fc.record({ from: fc.nat(1), text: fc.constantFrom('on', 'off') }), {
        minLength: 1,
        maxLength: 40,
      });
      await fc.assert(
        fc.asyncProperty(order, async (said) => {
          const before = houses.map(({ heard }) => heard.length);
          for (const { from, text } of said) houses[from]?.publish(`test/${from}`, text, { qos: 2 });
          for (const [from, each] of houses.entries()) each.publish('test/end', String(from), { qos: 2 });
          for (const [index, each] of houses.entries()) {
            await each.untilHeard((before[index] ?? 0) + said.length + 2);
            await each.until('middle', ({ counters }) => counters.queued === 0);
          }
          for (const [index, { heard }] of houses.entries()) {
            const own = heard.slice(before[index]);
            expect(own).toHaveLength(said.length + 2);
            for (const sender of [0, 1]) {
              const from = said
                .filter((one) => one.from === sender)
                .map(({ text }) => `test/${sender} ${text}`);
              expect(own.filter((line) => line.startsWith(`test/${sender} `))).toEqual(from);
            }
          }
        }),
        { numRuns: 10 },
      );
    },
  );

  test('learns by notification whether we are there, by will when we vanish', async () => {
    const middle = await mosquitto();
    const wire = await Relay.to(middle.port);
    undo.push(() => wire.stop());
    const document = {
      addresses: at(wire.port),
      topics: ['test/# out 1'],
      clientId: 'me',
      restartTimeout: soon,
    };
    const local = await house();
    const next = await listener(middle.port, '$SYS/broker/connection/me/state');
    const here = await listener(local.port, '$SYS/broker/connection/me/state');
    await local.bridges.save('up', document);
    expect([await next(), await here(), await here()].map((line) => line.at(-1))).toEqual(['1', '0', '1']);
    wire.cut();
    expect([await next(), await here()].map((line) => line.at(-1))).toEqual(['0', '0']);
    wire.mend();
    expect([await next(), await here()].map((line) => line.at(-1))).toEqual(['1', '1']);
    await local.bridges.remove('up');
    expect((await next()).at(-1)).toBe('0');
    expect([...local.broker.broker.retained('$SYS/broker/connection/#')]).toEqual([]);
  });

  test('lets us in by name and password, which are nowhere to be seen', async () => {
    const passwords = join(folder(), 'passwords');
    writeFileSync(passwords, `house:${await hashPassword('geheim', 101)}\n`, { mode: 0o600 });
    const middle = await mosquitto(['allow_anonymous false', `password_file ${passwords}`]);
    const local = await house();
    const document = { addresses: at(middle.port), topics: ['test/# out 1'], restartTimeout: soon };
    await local.bridges.save('up', { ...document, username: 'house', password: 'wrong' });
    const refused = await local.until('up', ({ lastError }) => lastError !== undefined);
    expect(refused.lastError?.message).toMatch(/not authorized/i);
    expect(refused.lastError).toMatchObject({ code: 'bridge-down', params: { why: 'denied' } });
    await local.bridges.save('up', { ...document, username: 'house', password: 'geheim' });
    await local.untilState('up', 'connected');
    await local.bridges.save('up', { ...document, username: 'house', keepalive: '30s' });
    const view = await local.untilState('up', 'connected');
    expect(view).toMatchObject({ hasPassword: true, settings: { username: 'house', keepalive: '30s' } });
    const said = [...local.broker.broker.retained('#'), ...local.broker.broker.retained('$SYS/#')];
    expect(said.map(({ payload }) => String(payload)).join() + JSON.stringify(view)).not.toContain('geheim');
  });

  test('is reached over TLS, and only if its certificate is right', async () => {
    const files = folder();
    const authority = new CertificateAuthority('ca');
    const { cert, key } = authority.server();
    const client = authority.client('house');
    const write = (name: string, text: string): string => {
      writeFileSync(join(files, name), text);
      return join(files, name);
    };
    const [ca, stranger] = [
      write('ca', authority.cert),
      write('other', new CertificateAuthority('other').cert),
    ];
    const middle = await mosquitto([
      ...[`cafile ${ca}`, `certfile ${write('cert', cert)}`, `keyfile ${write('key', key)}`],
      ...['require_certificate true', 'use_identity_as_username true'],
    ]);
    const own = { cert: write('own', client.cert), key: write('ownkey', client.key) };
    const document = { addresses: at(middle.port), topics: ['test/# both 1'], restartTimeout: soon };
    const local = await house();
    await local.bridges.save('up', { ...document, tls: { ca: stranger, ...own } });
    const refused = await local.until('up', ({ lastError }) => lastError !== undefined);
    expect(refused.lastError?.message).toMatch(/certificate|self-signed/);
    expect(refused.lastError?.params['why']).toBe('certificate');
    await local.bridges.save('up', { ...document, tls: { ca: join(files, 'none'), ...own } });
    const unread = await local.until('up', ({ lastError }) => lastError !== undefined);
    expect(unread.lastError?.message).toContain('ENOENT');
    expect(unread.lastError?.params['why']).toBe('file');
    await local.bridges.save('up', { ...document, tls: { ca, ...own } });
    await local.untilState('up', 'connected');
    local.publish('test/x', '1');
    await local.until('up', ({ counters }) => counters.sent === 1);
  });

  test('that is away: all is there in order when it is back', async () => {
    const middle = await mosquitto(['allow_anonymous true']);
    const wire = await Relay.to(middle.port);
    undo.push(() => wire.stop());
    const local = await house({
      documents: [{ name: 'up', addresses: at(wire.port), topics: ['test/# both 1'], restartTimeout: soon }],
    });
    const next = await listener(middle.port, 'test/#');
    await local.untilState('up', 'connected');
    wire.cut();
    await local.untilState('up', 'waiting');
    for (let count = 0; count < 300; count++) local.publish('test/x', String(count));
    wire.mend();
    for (let count = 0; count < 300; count++) expect(await next()).toBe(`test/x ${count}`);
    expect(local.heard).toHaveLength(300);
  });
});
