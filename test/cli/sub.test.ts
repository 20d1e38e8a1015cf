// `homerule sub` prints what mosquitto_sub prints, byte for byte.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin } from './invoke.ts';
import { Mosquitto, mosquittoAbsence, mosquittoClient, mustHavePeers } from './mosquitto.ts';

interface Sent {
  readonly topic: string;
  readonly payload: string | Buffer;
  readonly qos?: 0 | 1 | 2;
}

const sent: readonly Sent[] = [
  { topic: 'x/a', payload: 'hello "q" \\ 温度' },
  { topic: 'x/b', payload: '{"a":1,"b":[1,2.5],"c":null}', qos: 1 },
  { topic: 'x/c', payload: '' },
  { topic: 'x/d/e', payload: Buffer.from([0x31, 0xff, 0x01, 0x41]), qos: 2 },
  { topic: 'y', payload: '31' },
];

const all = ['-t', 'x/#', '-t', 'y'];

const rows: readonly (readonly string[])[] = [
  [...all, '-C', '5'],
  [...all, '-C', '5', '-v'],
  [...all, '-C', '5', '-N'],
  [...all, '-C', '5', '-v', '-N'],
  [...all, '-C', '2', '-v'],
  [...all, '-C', '4', '-v', '-T', 'x/b'],
  [...all, '-C', '3', '-v', '-T', 'x/b', '-T', '+/d/#'],
  ['-t', '+/+', '-C', '3', '-v'],
  ['-t', '#', '-C', '5', '-v', '-q', '2'],
  [...all, '-C', '5', '-F', '%t|%p|%q|%r|%l|%%'],
  [...all, '-C', '5', '-q', '1', '-F', '%q %m'],
  [...all, '-C', '5', '-q', '2', '-F', '%t %q %x %X'],
  [...all, '-C', '5', '-F', '[%10t][%-10t][%.2t][%-6.3t][%5l][%05l][%-5l]|'],
  [...all, '-C', '5', '-F', 'a\\tb\\nc\\\\d\\a\\e\\v\\0e\\r@@f'],
  [...all, '-C', '5', '-v', '-N', '-F', '%t,'],
  ['-t', 'x/a', '-t', 'x/b', '-t', 'x/c', '-t', 'y', '-C', '4', '-F', '%j'],
  ['-t', 'x/b', '-t', 'x/c', '-t', 'y', '-C', '3', '-q', '1', '-F', '%J'],
  [...all, '-C', '5', '-v', '-V', 'mqttv5'],
  [...all, '-C', '5', '-v', '-V', 'mqttv31'],
  ['-t', 'kept/#', ...all, '-C', '7', '-F', '%t %r %p'],
  ['-t', 'kept/#', ...all, '-C', '5', '-v', '-R'],
  ['-t', 'kept/#', ...all, '--retained-only', '-v'],
];

/** Times differ between two processes; their shape does not. */
const withoutTime = (text: Buffer): string =>
  text.toString('latin1').replaceAll(/"tst":"[^"]*"/g, (tst) => tst.replaceAll(/\d/g, '9'));

describe.skipIf(mosquittoAbsence !== undefined && !mustHavePeers)('homerule sub beside mosquitto_sub', () => {
  let broker: Mosquitto;
  let sender: MqttClient;
  let serial = 0;

  beforeAll(async () => {
    broker = await Mosquitto.start();
    sender = await connectAsync({ port: broker.port, protocolVersion: 5 });
    await sender.publishAsync('kept/one', '1', { retain: true, qos: 1 });
    await sender.publishAsync('kept/two', '2', { retain: true, qos: 1 });
  });

  afterAll(async () => {
    await sender?.endAsync();
    await broker?.stop();
  });

  /** Both listen under names of their own; resolves once both are heard by the broker. */
  const listen = async (argv: readonly string[]) => {
    const run = ++serial;
    const on = (id: string) => ['-p', String(broker.port), '-i', `${id}-${run}`, ...argv];
    const theirs = mosquittoClient('mosquitto_sub', on('theirs'));
    const ours = begin(['sub', ...on('ours')]);
    await Promise.all([broker.subscribed(`theirs-${run}`), broker.subscribed(`ours-${run}`)]);
    return { theirs, ours };
  };

  it.each(rows.map((argv) => [argv.join(' '), argv] as const))('%s', async (_name, argv) => {
    const { theirs, ours } = await listen(argv);
    for (const { topic, payload, qos = 0 } of sent) await sender.publishAsync(topic, payload, { qos });
    expect(await ours.code).toBe((await theirs).code);
    expect(withoutTime(ours.out())).toBe(withoutTime((await theirs).out));
    expect(ours.out().length).toBeGreaterThan(0);
    expect(ours.err()).toBe('');
  });

  it('shows the properties of MQTT 5 as it does', async () => {
    const format = '%C|%D|%E|%F|%P|%R|%S|%A|%10C|%010E|%-10R|%j';
    const { theirs, ours } = await listen(['-t', 'p', '-V', 'mqttv5', '-C', '1', '-F', format]);
    await sender.publishAsync('p', 'text', {
      properties: {
        contentType: 'text/plain',
        correlationData: Buffer.from('cd'),
        messageExpiryInterval: 60,
        payloadFormatIndicator: true,
        responseTopic: 'r/t',
        userProperties: { k: 'v', k2: 'v2' },
      },
    });
    expect(await ours.code).toBe(0);
    expect(withoutTime(ours.out())).toBe(withoutTime((await theirs).out));
  });

  it('says on the error stream what is no JSON, and goes on', async () => {
    const ours = begin(['sub', '-p', String(broker.port), '-i', 'json', '-t', 'y', '-C', '2', '-F', '%J']);
    await broker.subscribed('json');
    await sender.publishAsync('y', 'no json');
    await sender.publishAsync('y', '"yes"');
    expect(await ours.code).toBe(0);
    expect(ours.err()).toBe('Error: Message payload is not valid JSON on topic y.\n');
    expect(ours.out().toString()).toMatch(/^\n\{.*"payload":"yes"\}\n$/);
  });

  it('exits with 27 when the time of -W is over', async () => {
    const ours = begin(['sub', '-p', String(broker.port), '-i', 'patient', '-t', 'never', '-W', '5']);
    await broker.subscribed('patient');
    ours.elapse(5000);
    expect(await ours.code).toBe(27);
    expect(ours.err()).toBe('Timed out\n');
  });

  it('exits once subscribed with -E', async () => {
    expect(await begin(['sub', '-p', String(broker.port), '-t', 'a', '-E']).code).toBe(0);
  });

  it('ends at a signal with its number', async () => {
    const ours = begin(['sub', '-p', String(broker.port), '-i', 'stopped', '-t', 'a']);
    await broker.subscribed('stopped');
    ours.signal('SIGTERM');
    expect(await ours.code).toBe(143);
  });

  it('leaves a will that is published when it is cut off, and not when it ends by itself', async () => {
    const will = ['--will-topic', 'will', '--will-payload', 'gone', '--will-qos', '1'];
    const heir = begin(['sub', '-p', String(broker.port), '-i', 'heir', '-t', 'will', '-C', '1']);
    await broker.subscribed('heir');
    expect(await begin(['sub', '-p', String(broker.port), '-t', 'a', '-E', ...will]).code).toBe(0);
    const cut = begin([
      'sub',
      '-p',
      String(broker.port),
      '-i',
      'cut',
      '-t',
      'a',
      ...will,
      '--will-payload',
      'cut off',
    ]);
    await broker.subscribed('cut');
    cut.signal('SIGINT');
    expect(await cut.code).toBe(130);
    expect(await heir.code).toBe(0);
    expect(heir.out().toString()).toBe('cut off\n');
  });

  it('finds in a kept session what came while it was away', async () => {
    const session = ['sub', '-p', String(broker.port), '-i', 'kept-session', '-c', '-q', '1', '-t', 'away'];
    expect(await begin([...session, '-E']).code).toBe(0);
    await sender.publishAsync('away', 'missed', { qos: 1 });
    const back = begin([...session, '-C', '1']);
    expect(await back.code).toBe(0);
    expect(back.out().toString()).toBe('missed\n');
  });

  it('comes back when the connection is lost, and says so once', async () => {
    const server = createServer((socket) => {
      links.push(socket);
      socket.pipe(connect(broker.port, '127.0.0.1')).pipe(socket);
    });
    const links: Socket[] = [];
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ours = begin([
      'sub',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-i',
      'steady',
      '-t',
      'back',
      '-C',
      '1',
    ]);
    await broker.subscribed('steady');
    const again = once(server, 'connection');
    links[0]?.destroy();
    await again;
    await broker.subscribed('steady', 2);
    await sender.publishAsync('back', 'again');
    expect(await ours.code).toBe(0);
    expect(ours.out().toString()).toBe('again\n');
    expect(ours.err()).toBe('homerule: the connection was lost, trying again\n');
    server.close();
  });

  it('takes its address from a URL', async () => {
    const ours = begin(['sub', '-i', 'url', '-L', `mqtt://127.0.0.1:${broker.port}/from/url`, '-C', '1']);
    await broker.subscribed('url');
    await sender.publishAsync('from/url', 'here');
    expect(await ours.code).toBe(0);
    expect(ours.out().toString()).toBe('here\n');
  });
});
