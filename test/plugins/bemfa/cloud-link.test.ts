// The bridge's connection against the emulator: what is told, what is done, and how it survives the cloud.
import { expect, it, onTestFinished } from 'vitest';
import {
  CloudLink,
  type CloudLinkOptions,
  type LinkHealth,
  type LinkTopic,
} from '../../../plugins/bemfa/bridge/cloud-link.ts';
import { publishBytes, subscribeBytes } from '../../support/raw-client.ts';
import { type Emulated, emulate, key } from './emulated.ts';

interface Linked {
  readonly link: CloudLink;
  readonly commands: string[];
  readonly healths: LinkHealth[];
  /** Resolves when the health is the wanted one. */
  until(isIt: () => boolean): Promise<void>;
}

type Extra = Partial<CloudLinkOptions> & {
  readonly topics?: readonly (Omit<LinkTopic, 'ending'> & Partial<LinkTopic>)[];
};

const usual = [{ topic: 'led002', name: '客厅灯' }];

function linkTo(cloud: Emulated, { topics = usual, ...extra }: Extra = {}): Linked {
  const commands: string[] = [];
  const healths: LinkHealth[] = [];
  let wake = (): void => undefined;
  const link = new CloudLink({
    url: `mqtt://127.0.0.1:${cloud.ports.mqtt}`,
    apiUrl: `http://127.0.0.1:${cloud.ports.http}`,
    uid: key,
    clock: cloud.clock,
    onCommand: (topic, text) => {
      commands.push(`${topic} ${text}`);
      wake();
    },
    onHealth: (health) => {
      healths.push(health);
      wake();
    },
    ...extra,
  });
  onTestFinished(() => link.stop());
  for (const topic of topics) void link.hold({ ending: 'up', ...topic });
  link.start();
  const until = async (isIt: () => boolean): Promise<void> => {
    while (!isIt()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { link, commands, healths, until };
}

const isUp =
  ({ healths }: Linked) =>
  (): boolean =>
    healths.at(-1)?.isUp === true;
const isDown =
  ({ healths }: Linked) =>
  (): boolean =>
    healths.at(-1)?.isUp === false;

const told = ({ published }: Emulated): string[] =>
  published
    .filter(({ publication: { source, address } }) => source !== 'voice' && !address.endsWith('ping'))
    .map(({ publication: { address, payload } }) => `${address} ${payload}`);

/** Waits until the emulator has handled what was sent before. */
async function toldAtLeast(cloud: Emulated, count: number): Promise<string[]> {
  while (told(cloud).length < count) await cloud.get('/');
  return told(cloud);
}

it('makes missing topics, hears the speaker and tells states', async () => {
  const cloud = await emulate({ topics: [] });
  const linked = linkTo(cloud);
  await linked.until(isUp(linked));
  expect(linked.healths).toEqual([{ isUp: true, words: '' }]);
  expect(await cloud.get(`/va/getName?uid=${key}&topic=led002&type=1`)).toMatchObject({ data: '客厅灯' });
  cloud.emulator.speak({ target: '客厅灯', words: ['on', '80'] });
  await linked.until(() => linked.commands.length > 0);
  expect(linked.commands).toEqual(['led002 on#80']);
  linked.link.report('led002', 'on#79');
  cloud.clock.advance(2000);
  expect(await toldAtLeast(cloud, 1)).toEqual(['led002/up on#79']);
  expect(await cloud.get(`/va/getmsg?uid=${key}&topic=led002&type=1`)).toMatchObject({
    data: [{ msg: 'on#79' }],
  });
});

it('logs in by the secret of an app', async () => {
  const cloud = await emulate();
  const linked = linkTo(cloud, { app: { id: 'beid_app', secret: 'app-secret' } });
  await linked.until(isUp(linked));
});

it('says in words what is wrong with a login, and a topic', async () => {
  const cloud = await emulate();
  const refused = linkTo(cloud, { uid: 'f'.repeat(32) });
  await refused.until(isDown(refused));
  expect(refused.healths[0]?.words).toContain('Not authorized');
  const linked = linkTo(cloud, { topics: [{ topic: 'bad_name002', name: '' }] });
  await linked.until(isUp(linked));
  expect(linked.healths).toEqual([{ isUp: true, words: 'the cloud did not make bad_name002: code 40009' }]);
  expect(JSON.stringify([...refused.healths, ...linked.healths])).not.toContain(key);
});

const ways = [
  { way: 'MQTT and /up', scheme: 'mqtt', ending: 'up' },
  { way: 'MQTT and /set', scheme: 'mqtt', ending: 'set' },
  { way: 'TCP and /set', scheme: 'tcp', ending: 'set' },
] as const;

it.each(ways)(
  'answers ten thousand commands by $way with ten thousand deeds and no storm',
  async ({ scheme, ending }) => {
    const cloud = await emulate();
    const linked: Linked = linkTo(cloud, {
      url: `${scheme}://127.0.0.1:${cloud.ports[scheme]}`,
      topics: [{ topic: 'led002', name: '', ending }],
      onCommand: (topic, text) => {
        linked.commands.push(text);
        linked.link.report(topic, text);
      },
    });
    await linked.until(isUp(linked));
    const other = scheme === 'mqtt' ? await cloud.mqtt() : undefined;
    other?.send(subscribeBytes('led002'));
    await other?.settled();
    for (let i = 1; i <= 100; i++) {
      for (let k = 0; k < 100; k++)
        cloud.emulator.speak({ target: 'led002', words: [k % 2 === 0 ? 'on' : 'off'] });
      while (linked.commands.length < i * 100) await cloud.get('/');
    }
    linked.link.report('led002', 'on');
    for (let second = 0; second < 10; second++) {
      cloud.clock.advance(1000);
      await cloud.get('/');
    }
    linked.link.send('led002', 'the end');
    // Beside the commands, all that was said is the one state that differs from the last of them.
    expect(await toldAtLeast(cloud, 2)).toEqual([`led002/${ending} on`, 'led002/set the end']);
    const heard = await other?.atLeast(ending === 'set' ? 10_002 : 10_001, 'publish');
    expect(heard?.length ?? 0).toBeLessThanOrEqual(10_002);
    expect(linked.commands).toHaveLength(10_000);
    expect(linked.link.counts).toMatchObject({ command: 10_000, echo: 0, duplicate: 0 });
    expect(cloud.sessions.filter(({ isThere }) => !isThere)).toEqual([]);
  },
);

it('tells at most one state a second, and ends with the latest', async () => {
  const cloud = await emulate();
  const linked = linkTo(cloud);
  await linked.until(isUp(linked));
  for (let i = 1; i <= 100; i++) {
    linked.link.report('led002', `on#${i}`);
    cloud.clock.advance(100);
  }
  const all = await toldAtLeast(cloud, 11);
  expect(all).toHaveLength(11);
  expect(all.at(-1)).toBe('led002/up on#100');
});

it('comes back after a minute without the cloud, tells each state once, and does nothing twice', async () => {
  const cloud = await emulate({
    topics: [
      { name: 'led002', nickname: '' },
      { name: 'sw006', nickname: '' },
    ],
  });
  const topics = ['led002', 'sw006'].map((topic) => ({ topic, name: '' }));
  const linked = linkTo(cloud, { topics });
  await linked.until(isUp(linked));
  linked.link.report('led002', 'on#10');
  linked.link.report('sw006', 'on');
  cloud.emulator.speak({ target: 'led002', words: ['off'] });
  await linked.until(() => linked.commands.length === 1);
  await cloud.emulator.stop();
  await linked.until(isDown(linked));
  for (const text of ['on#20', 'on#30', 'on#40']) linked.link.report('led002', text);
  for (let second = 0; second < 60; second++) {
    const before = linked.healths.length;
    cloud.clock.advance(1000);
    // An attempt that was made is waited for, so that the next one has its time.
    if ([1, 3, 7, 15, 31].includes(second + 1)) await linked.until(() => linked.healths.length > before);
  }
  const { mqtt = 0, http = 0 } = cloud.ports;
  const again = await emulate({
    clock: cloud.clock,
    ports: { mqtt, http },
    topics: topics.map(({ topic }) => ({ name: topic, nickname: '' })),
  });
  const device = await again.mqtt();
  device.send(publishBytes({ topic: 'led002', payload: 'on#1', retain: true }));
  await device.settled();
  cloud.clock.advance(60_000);
  await linked.until(isUp(linked));
  cloud.clock.advance(60_000);
  const states = (await toldAtLeast(again, 3)).filter((line) => line.includes('/up'));
  expect(states).toEqual(['led002/up on#40', 'sw006/up on']);
  expect(linked.commands).toEqual(['led002 off']);
});

it('ends a connection on which pings no longer come back', async () => {
  const cloud = await emulate();
  const linked = linkTo(cloud);
  await linked.until(isUp(linked));
  const ping = cloud.emulator.cloud.accounts[0]?.list(1).find(({ name }) => name.endsWith('ping'));
  cloud.emulator.cloud.accounts[0]?.delete(1, ping?.name ?? '');
  for (let i = 0; i < 4; i++) cloud.clock.advance(30_000);
  await linked.until(isDown(linked));
  expect(linked.healths.at(-1)?.words).toBe('the cloud no longer answers');
  cloud.clock.advance(1000);
  await linked.until(isUp(linked));
});
