// Who may do what over MQTT: at the CONNECT, at every publish and will, at every delivery, and when rules change.
import { afterEach, describe, expect, test } from 'vitest';
import type { AccessOptions, AclRow, UserRow } from '../../src/broker/index.ts';
import { aclRow, type Login, login, type NamedConnect, RowsDouble, userRow } from '../support/access.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { publishBytes, type RawClient, subscribeBytes } from '../support/raw-client.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

interface House extends TestBroker {
  readonly users: RowsDouble<UserRow>;
  readonly rules: RowsDouble<AclRow>;
  join(options: NamedConnect): Promise<RawClient>;
  knock(options: NamedConnect): Promise<Login>;
}

interface Setting {
  readonly users?: readonly UserRow[];
  readonly rules?: readonly AclRow[];
  readonly access?: Partial<AccessOptions>;
}

async function start(setting: Setting = {}): Promise<House> {
  const users = new RowsDouble(
    (row: UserRow) => row.name,
    setting.users ?? [userRow('lamp'), userRow('fan')],
  );
  const rules = new RowsDouble((row: AclRow) => row.id, setting.rules);
  const access = { allowAnonymous: true, users, rules, ...setting.access };
  const house = await startBroker({ access });
  undo.push(() => house.stop());
  const knock = async (options: NamedConnect): Promise<Login> => {
    const entered = await login(house.mqttPort, options);
    undo.push(() => entered.client.destroy());
    return entered;
  };
  const join = async (options: NamedConnect): Promise<RawClient> => {
    const { client, code } = await knock(options);
    expect(code).toBe(0);
    return client;
  };
  return { ...house, users, rules, join, knock };
}

const topicsOf = (client: RawClient): string[] =>
  client.got('publish').map((packet) => ('topic' in packet ? packet.topic : ''));

async function subscribe(client: RawClient, filter: string, qos: 0 | 1 = 0): Promise<void> {
  const before = client.got('suback').length;
  client.send(subscribeBytes(filter, qos, before + 1));
  await client.atLeast(before + 1, 'suback');
}

/** Published by an anonymous client of this machine, which may publish anywhere. */
async function publish(
  house: House,
  topic: string,
  more: { qos?: 0 | 1; retain?: boolean } = {},
): Promise<void> {
  const client = await house.join({ id: `p${Math.random()}` });
  client.send(publishBytes({ topic, id: 1, ...more }));
  await client.settled();
  client.destroy();
}

describe('at the CONNECT', () => {
  test.each<[string, NamedConnect, number]>([
    ['the right password', { user: 'lamp' }, 0],
    ['a wrong password', { user: 'lamp', password: 'no' }, 5],
    ['an empty password (B18)', { user: 'lamp', password: '' }, 5],
    ['a password that is no text', { user: 'lamp', password: Buffer.from([0xff, 0, 0xc0]) }, 5],
    ['an unknown user', { user: 'nobody' }, 5],
    ['a name that objects have', { user: 'constructor' }, 5],
    ['a disabled user', { user: 'off' }, 5],
    ['no name', {}, 0],
    ['the right password, MQTT 5', { user: 'lamp', version: 5 }, 0],
    ['a wrong password, MQTT 5', { user: 'lamp', password: 'no', version: 5 }, 0x87],
    ['an unknown user, MQTT 5', { user: 'nobody', version: 5 }, 0x87],
  ])('%s', async (_name, options, code) => {
    const house = await start({ users: [userRow('lamp'), userRow('off', { enabled: false })] });
    const entered = await house.knock(options);
    expect(entered.code).toBe(code);
    if (code !== 0) await entered.client.closed();
    expect(house.broker.counters()).toMatchObject({
      clients: code === 0 ? 1 : 0,
      refusedLogins: code === 0 ? 0 : 1,
    });
  });

  test('nobody comes without a name once that is switched off', async () => {
    const house = await start({ access: { allowAnonymous: false } });
    expect((await house.knock({})).code).toBe(5);
    expect((await house.knock({ user: 'lamp' })).code).toBe(0);
  });

  test('as long as there are no users, a name of this machine does not matter', async () => {
    const house = await start({ users: [] });
    expect((await house.knock({ user: 'whoever', password: 'any' })).code).toBe(0);
    house.broker.access.putUser(userRow('lamp'));
    expect((await house.knock({ user: 'whoever', password: 'any', id: 'b' })).code).toBe(5);
  });

  test('a storm of reconnects costs one hash', async () => {
    const house = await start();
    const logins = Array.from({ length: 50 }, (_, i) => house.knock({ user: 'lamp', id: `lamp${i}` }));
    expect((await Promise.all(logins)).map(({ code }) => code)).toEqual(Array(50).fill(0));
  });

  test('refusals are told', async () => {
    const house = await start();
    await house.knock({ user: 'lamp', password: 'no' });
    expect(house.events).toMatchObject([
      { kind: 'denied', what: 'connect', reason: 'login refused (not-authorized)' },
    ]);
  });
});

describe('publishing', () => {
  const rules = [
    aclRow('lamp', 'write', 'home/+/set'),
    aclRow('lamp', 'deny', 'home/door/#'),
    aclRow('*', 'write', 'status/%u'),
    aclRow('*', 'write', 'session/%c'),
    aclRow('fan', 'readwrite', 'fans/#'),
  ];

  test.each([
    ['lamp/state', true],
    ['lamp', true],
    ['lamps/state', false],
    ['home/kitchen/set', true],
    ['home/kitchen/get', false],
    ['home/door/set', false],
    ['status/lamp', true],
    ['status/fan', false],
    ['session/lamp-1', true],
    ['session/lamp-2', false],
    ['fans/1', false],
    ['homerule/rules/x', false],
    ['homerule', false],
  ])('on %s as a device: %s', async (topic, isAllowed) => {
    const house = await start({ rules });
    const lamp = await house.join({ user: 'lamp', id: 'lamp-1' });
    lamp.send(publishBytes({ topic, qos: 1, id: 7 }));
    await lamp.next('puback');
    await lamp.settled();
    expect(house.accepted.map((message) => message.topic)).toEqual(isAllowed ? [topic] : []);
    expect(house.broker.counters().deniedPublishes).toBe(isAllowed ? 0 : 1);
  });

  test.each(['../..', 'a/b', '+', '#', 'home/#'])(
    'B17: a user "%s" is no level of a pattern',
    async (user) => {
      const house = await start({ users: [userRow(user)], rules: [aclRow('*', 'readwrite', 'status/%u/#')] });
      const sly = await house.join({ user, id: 'sly' });
      for (const topic of [`status/${user}/x`, 'status/a/b/x', 'status/x', 'home/x'])
        if (!/[+#]/.test(topic)) sly.send(publishBytes({ topic }));
      await sly.settled();
      expect(house.accepted).toEqual([]);
      await subscribe(sly, '#');
      await publish(house, 'status/a/b/x');
      await sly.settled();
      expect(topicsOf(sly)).toEqual([]);
    },
  );

  test.each(['$SYS/broker/uptime', '$CONTROL/dynamic-security/v1', '$share/group/t', '$any'])(
    'B37: nobody publishes on %s, and the connection stays',
    async (topic) => {
      const house = await start({ users: [userRow('anna', { role: 'admin' })] });
      for (const version of [4, 5] as const) {
        const anna = await house.join({ user: 'anna', id: `anna${version}`, version });
        anna.send(publishBytes({ topic, qos: 1, id: 7, version }), publishBytes({ topic, version }));
        expect(await anna.next('puback')).toMatchObject(version === 5 ? { reasonCode: 0x87 } : {});
        await anna.settled();
      }
      expect(house.accepted).toEqual([]);
    },
  );

  test('an MQTT 5 client is told', async () => {
    const house = await start();
    const lamp = await house.join({ user: 'lamp', version: 5 });
    lamp.send(publishBytes({ topic: 'other', qos: 1, id: 7, version: 5 }));
    expect(await lamp.next('puback')).toMatchObject({ reasonCode: 0x87 });
  });

  test('an administrator may publish everywhere but under what is ours', async () => {
    const house = await start({ users: [userRow('anna', { role: 'admin' })] });
    const anna = await house.join({ user: 'anna' });
    anna.send(publishBytes({ topic: 'any/where' }), publishBytes({ topic: 'homerule/x' }));
    await anna.settled();
    expect(house.accepted.map(({ topic }) => topic)).toEqual(['any/where']);
  });

  test.each([
    ['lamp/gone', true],
    ['fan/gone', false],
  ])('a will on %s is published: %s', async (topic, isAllowed) => {
    const house = await start();
    const lamp = await house.join({ user: 'lamp', will: { topic, payload: 'off' } });
    lamp.destroy();
    await untilClients(house, 0);
    expect(house.accepted.map((message) => message.topic)).toEqual(isAllowed ? [topic] : []);
  });

  test('a will is asked for again when it is due', async () => {
    const house = await start({ rules: [aclRow('lamp', 'write', 'alarm')] });
    const lamp = await house.join({ user: 'lamp', will: { topic: 'alarm', payload: 'off' } });
    house.broker.access.deleteRule('lamp write alarm');
    lamp.destroy();
    await untilClients(house, 0);
    expect(house.accepted).toEqual([]);
  });
});

describe('being sent', () => {
  test('live messages that a rule lets through, whatever was subscribed to', async () => {
    const house = await start({
      rules: [aclRow('lamp', 'read', 'home/#'), aclRow('lamp', 'deny', 'home/door')],
    });
    const lamp = await house.join({ user: 'lamp' });
    await subscribe(lamp, '#');
    for (const topic of ['home/a', 'home/door', 'garden', 'lamp/set', 'fan/set']) await publish(house, topic);
    await lamp.settled();
    expect(topicsOf(lamp)).toEqual(['home/a', 'lamp/set']);
    // The fourth is homerule/status.
    expect(house.broker.counters().deniedDeliveries).toBe(4);
  });

  test('retained messages only of what may be read', async () => {
    const house = await start();
    await publish(house, 'lamp/state', { retain: true });
    await publish(house, 'fan/state', { retain: true });
    const lamp = await house.join({ user: 'lamp' });
    await subscribe(lamp, '+/state');
    await lamp.settled();
    expect(topicsOf(lamp)).toEqual(['lamp/state']);
  });

  test('$SYS only to administrators and this machine', async () => {
    const house = await start({ users: [userRow('anna', { role: 'admin' }), userRow('lamp')] });
    const topic = '$SYS/broker/version';
    for (const [options, count] of [
      [{ user: 'anna' }, 1],
      [{ user: 'lamp' }, 0],
      [{ id: 'local' }, 1],
    ] as const) {
      const client = await house.join(options);
      await subscribe(client, topic);
      await client.settled();
      expect(topicsOf(client)).toHaveLength(count);
    }
  });

  test('the queue of a session holds nothing that may not be read, and gives nothing that may no longer', async () => {
    const house = await start({ rules: [aclRow('lamp', 'read', 'home/#')] });
    const options = { user: 'lamp', clean: false };
    const before = await house.join(options);
    await subscribe(before, '#', 1);
    before.destroy();
    await untilClients(house, 0);
    await publish(house, 'home/a', { qos: 1 });
    await publish(house, 'fan/a', { qos: 1 });
    await publish(house, 'lamp/a', { qos: 1 });
    house.broker.access.deleteRule('lamp read home/#');
    const after = await house.join(options);
    await after.next('publish');
    await after.settled();
    expect(topicsOf(after)).toEqual(['lamp/a']);
  });
});

describe('a change', () => {
  test('of a rule holds for open subscriptions at once', async () => {
    const house = await start();
    const { access } = house.broker;
    const lamp = await house.join({ user: 'lamp' });
    await subscribe(lamp, 'home/#');
    const rule = aclRow('lamp', 'read', 'home/+');
    await publish(house, 'home/1');
    access.putRule(rule);
    await publish(house, 'home/2');
    access.deleteRule(rule.id);
    await publish(house, 'home/3');
    await lamp.settled();
    expect(topicsOf(lamp)).toEqual(['home/2']);
    expect(house.rules.rows.size).toBe(0);
  });

  test.each<[string, (house: House) => void, number]>([
    ['being deleted', ({ broker }) => broker.access.deleteUser('lamp'), 5],
    ['being disabled', ({ broker }) => broker.access.putUser(userRow('lamp', { enabled: false })), 5],
    ['another password', ({ broker }) => broker.access.putUser(userRow('lamp', { secret: 'other' })), 5],
    ['another role', ({ broker }) => broker.access.putUser(userRow('lamp', { role: 'admin' })), 0],
  ])('of a user, %s, ends the connections there are', async (_name, change, again) => {
    const house = await start();
    const lamp = await house.join({ user: 'lamp', id: 'one' });
    const five = await house.join({ user: 'lamp', id: 'two', version: 5 });
    const fan = await house.join({ user: 'fan' });
    change(house);
    await Promise.all([lamp.closed(), five.closed()]);
    expect(five.got('disconnect')).toMatchObject([{ reasonCode: 0x87 }]);
    await fan.settled();
    expect(house.broker.counters().revoked).toBe(2);
    expect((await house.knock({ user: 'lamp', id: 'again' })).code).toBe(again);
  });

  test('that changes nothing ends nothing', async () => {
    const house = await start();
    const lamp = await house.join({ user: 'lamp' });
    house.broker.access.putUser(userRow('lamp', { changedAt: 5 }));
    await lamp.settled();
    expect(house.users.rows.get('lamp')?.changedAt).toBe(5);
  });

  test('takes the rules about a deleted user along', async () => {
    const house = await start({ rules: [aclRow('lamp', 'read', 'home/#'), aclRow('*', 'read', 'all')] });
    house.broker.access.deleteUser('lamp');
    expect([...house.rules.rows.keys()]).toEqual(['* read all']);
    expect([...house.users.rows.keys()]).toEqual(['fan']);
  });

  test('lets nothing of a deleted user out, not even a will', async () => {
    const house = await start();
    const lamp = await house.join({ user: 'lamp', will: { topic: 'lamp/gone', payload: 'x' } });
    house.broker.access.deleteUser('lamp');
    await lamp.closed();
    await untilClients(house, 0);
    expect(house.accepted).toEqual([]);
  });
});

test('a rule that is no rule is refused', async () => {
  const { broker } = await start();
  expect(() => broker.access.putRule(aclRow('lamp', 'read', 'a/#/b'))).toThrow('cannot be allowed or denied');
  expect(() => broker.access.putRule(aclRow('*', 'read', 'a%u'))).toThrow('alone in its level');
  expect(broker.access.rules.list()).toEqual([]);
});

test.each([
  [{ user: 'lamp', kind: 'write', topic: 'lamp/x' }, true, 'own topics: readwrite lamp/#'],
  [{ user: 'lamp', kind: 'read', topic: 'home/x' }, true, 'rule lamp read home/#: read home/#'],
  [{ user: 'lamp', kind: 'write', topic: 'home/x' }, false, 'no rule allows it'],
  [{ user: 'lamp', kind: 'write', topic: 'homerule/x' }, false, 'only the house publishes there'],
  [{ user: 'nobody', kind: 'read', topic: 'a' }, false, 'there is no such user'],
  [{ kind: 'read', topic: 'a' }, true, 'anonymous clients of this machine may'],
] as const)('check tells what decides: %j', async (question, isAllowed, because) => {
  const { broker } = await start({ rules: [aclRow('lamp', 'read', 'home/#')] });
  expect(broker.access.check({ client: 'c', ...question })).toMatchObject({ isAllowed, because });
});
