// Devices: grouped and found, live, honest about what they were told; viewers see and do not touch.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { DevicePropertyView, DeviceView } from '../../web/src/api/types.ts';
import { DeviceBody } from '../../web/src/device/device-page.tsx';
import { chipsOf, groupsOf, isShown } from '../../web/src/devices/device-facts.ts';
import { DevicesBody } from '../../web/src/devices/devices-page.tsx';
import { propertyName, valueWords } from '../../web/src/i18n/property-words.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';
import { type Answer, type Call, makeTestHouse, show } from './support.tsx';

const now = 1_800_000_000_000;
const day = 86_400_000;

function property(
  id: string,
  kind: DevicePropertyView['kind'],
  more: Partial<DevicePropertyView> = {},
): DevicePropertyView {
  return { id, name: id, kind, reported: true, commandable: false, ...more };
}

function device(id: string, more: Partial<DeviceView> = {}): DeviceView {
  const facts = { version: 1, labels: [], hidden: false, note: '', format: 'bemfa', problems: [] } as const;
  return { id, key: id, name: id, createdAt: now - day, gone: false, properties: [], ...facts, ...more };
}

const power = property('on', 'boolean', { commandable: true, value: false, changedAt: now, at: now });
const lamp = device('lamp', {
  name: '台灯',
  room: '书房',
  labels: ['night'],
  properties: [power, property('brightness', 'number', { unit: '%', min: 0, max: 100, value: 40 })],
});
const sensor = device('room004', {
  properties: [property('temperature', 'number', { unit: '°C', value: 23.5 })],
});
const [viewer, operator] = [['read'], ['read', 'operate', 'edit']];

/** A house with these devices; what is written is answered by `write`. */
function houseWith(
  devices: readonly DeviceView[],
  may = operator,
  write: (call: Call) => Answer = () => ({}),
) {
  return makeTestHouse((call) => {
    if (call.method !== 'GET') return write(call);
    if (call.path === '/session') return { body: { user: { name: 'anna', role: 'editor', may } } };
    if (call.path.startsWith('/devices?')) return { body: { items: devices } };
    if (call.path.endsWith('/used-by'))
      return {
        body: {
          device: 'lamp',
          topics: ['lamp/set'],
          bridges: [],
          rules: [{ id: 'evening', uses: [{ line: 7 }] }],
        },
      };
    const found = devices.find(({ id }) => call.path === `/devices/${id}`);
    if (found) return { body: found };
    if (call.path === '/system')
      return { body: { now, listeners: [{ kind: 'mqtt', address: 'mqtt://127.0.0.1:1884' }] } };
    return { status: 404, body: { status: 404, code: 'device-missing', detail: 'x' } };
  });
}

const list = <DevicesBody search={{}} onFilter={() => undefined} />;

describe('the list', () => {
  test('groups by room, says the main values, and shows news without reading again', async () => {
    const { house, calls, socket } = houseWith([lamp, sensor]);
    await show(list, { house });
    const study = await screen.findByRole('region', { name: '书房' });
    expect(within(study).getByText('台灯')).toBeTruthy();
    expect(screen.getByText('23.5 °C')).toBeTruthy();
    house.live.start();
    act(() => socket.open());
    const reads = (): number => calls.filter(({ path }) => path.startsWith('/devices?')).length;
    await waitFor(() => expect(reads()).toBe(2));
    const id = (socket.sent as { channel?: string; id: string }[]).find(
      (one) => one.channel === 'devices',
    )?.id;
    const plug = device('plug001', { createdAt: now - 5_000 });
    act(() => socket.say({ op: 'items', id, items: [{ change: 'changed', device: plug }] }));
    const arrived = await screen.findByRole('region', { name: 'Just arrived' });
    expect(within(arrived).getByText('plug001')).toBeTruthy();
    expect(within(arrived).getByText('new')).toBeTruthy();
    act(() => socket.say({ op: 'items', id, items: [{ change: 'forgotten', id: 'plug001' }] }));
    await waitFor(() => expect(screen.queryByText('plug001')).toBeNull());
    expect(reads()).toBe(2);
  });

  test('a switch sends the wish, shows it at once, and goes back when it is refused', async () => {
    const { house, calls } = houseWith([lamp], operator, () => ({
      status: 503,
      body: { status: 503, code: 'store-full', detail: 'the disk is full' },
    }));
    await show(list, { house });
    const toggle = await screen.findByRole('switch', { name: '台灯: Power' });
    await userEvent.click(toggle);
    expect(await screen.findByText('The server failed: the disk is full')).toBeTruthy();
    const sent = calls.find(({ method }) => method === 'POST');
    expect([sent?.path, sent?.body]).toEqual(['/devices/lamp/set', '{"properties":{"on":true}}']);
    await waitFor(() => expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('false'));
  });

  test('viewers see the state and no control', async () => {
    const { house } = houseWith([lamp], viewer);
    await show(list, { house });
    expect(await screen.findByText('Off')).toBeTruthy();
    expect(screen.queryByRole('switch')).toBeNull();
  });

  test('an empty house is told how to plug in each kind, with the address of this house', async () => {
    const { house } = houseWith([]);
    await show(list, { house });
    expect(await screen.findByText('No devices yet')).toBeTruthy();
    for (const name of ['Zigbee2MQTT', 'Tasmota', 'ESPHome', 'Bemfa and home-made boards'])
      expect(screen.getByRole('heading', { name })).toBeTruthy();
    expect(await screen.findByText(/MqttPort 1884/)).toBeTruthy();
    expect(screen.getByText(/listens to this machine alone/)).toBeTruthy();
  });
});

test('new ones without a room come first, the latest on top, then rooms by name, the rest last', () => {
  const devices = [
    device('z'),
    device('b', { room: 'Room 10' }),
    device('a', { room: 'Room 2', createdAt: now }),
    device('early', { createdAt: now - 3_000_000 }),
    device('late', { createdAt: now - 1_000 }),
  ];
  const groups = groupsOf(devices, 'en', now).map(({ room, isNew, devices: members }) => [
    isNew ? 'new' : (room ?? 'none'),
    members.map(({ id }) => id),
  ]);
  expect(groups).toEqual([
    ['new', ['late', 'early']],
    ['Room 2', ['a']],
    ['Room 10', ['b']],
    ['none', ['z']],
  ]);
});

test.each([
  [{ q: '台灯 书房' }, true],
  [{ q: 'LAMP' }, true],
  [{ q: 'kitchen' }, false],
  [{ room: '书房', label: 'night' }, true],
  [{ label: 'day' }, false],
])('the filter %j shows the lamp: %s', (filter, shown) => {
  expect(isShown(lamp, filter)).toBe(shown);
});

test('chips leave out the main switch, settings and what is not known', () => {
  const more = [
    property('effect', 'choice'),
    property('restart', 'button', { commandable: true, value: true }),
    property('interval', 'number', { category: 'setting', value: 5 }),
  ];
  const chips = chipsOf({ ...lamp, properties: [...lamp.properties, ...more] }, 4);
  expect(chips.map(({ id }) => id)).toEqual(['brightness']);
});

describe('words of values', () => {
  const say: Say = (key) => key;
  test.each([
    [property('on', 'boolean'), true, 'value.on'],
    [property('front', 'boolean', { role: 'door' }), true, 'option.open'],
    [property('constructor', 'boolean'), false, 'value.no'],
    [property('power', 'number', { unit: 'W' }), 1234.56, '1,234.6\u00a0W'],
    [property('movement', 'choice'), 'open', 'option.open'],
    [property('effect', 'choice'), 'toString', 'toString'],
    [property('note', 'text'), 'open', 'open'],
    [property('x', 'json'), { a: 1 }, '{"a":1}'],
    [property('x', 'number'), undefined, 'value.unknown'],
  ])('%o is %o: %s', (one, value, words) => {
    expect(valueWords({ say, language: 'en' }, one, value)).toBe(words);
  });

  test('a name that the maker gave stays, a plain one is translated', () => {
    expect(propertyName(say, { id: 'on', name: 'Pump' })).toBe('Pump');
    expect(propertyName(say, { id: 'color_temperature', name: 'color temperature' })).toBe(
      'property.color_temperature',
    );
    expect(propertyName(say, { id: 'swing_x', name: 'swing x' })).toBe('Swing x');
  });
});

describe('the page of a device', () => {
  const all = device('all', {
    properties: [
      power,
      property('brightness', 'number', { unit: '%', min: 0, max: 100, commandable: true, value: 40 }),
      property('movement', 'choice', {
        options: ['open', 'close', 'stop'],
        commandable: true,
        reported: false,
      }),
      property('color', 'color', { commandable: true, value: '#ff8000' }),
      property('restart', 'button', { commandable: true, reported: false }),
      property('note', 'text', { commandable: true, value: 'hi' }),
    ],
  });

  test('each kind has its control, and each says what is wanted', async () => {
    const { house, calls } = houseWith([all]);
    await show(<DeviceBody id="all" />, { house });
    await userEvent.click(await screen.findByRole('switch', { name: 'Power' }));
    fireEvent.change(screen.getByRole('slider', { name: 'Brightness' }), { target: { value: '70' } });
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    fireEvent.change(screen.getByLabelText('Colour'), { target: { value: '#00ff00' } });
    await userEvent.click(screen.getByRole('button', { name: 'Press: Restart' }));
    const note = screen.getByRole('textbox', { name: 'Note' });
    await userEvent.clear(note);
    await userEvent.type(note, '你好{Enter}');
    const wishes = calls
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body).properties);
    expect(wishes).toEqual([
      { on: true },
      { brightness: 70 },
      { movement: 'open' },
      { color: '#00ff00' },
      { restart: true },
      { note: '你好' },
    ]);
  });

  test('what was told is shown until it is late, then what the device says and who told it', async () => {
    const by = { origin: 'rule', id: 'evening', cause: 'r1' };
    const pending = { value: true, at: now, until: now + 5_000, by, unconfirmed: false };
    const told = { ...lamp, properties: [{ ...power, pending }] };
    const made = houseWith([told]);
    await show(<DeviceBody id="lamp" />, { house: made.house });
    expect(await screen.findByText('Told On, waiting for its report.')).toBeTruthy();
    const toggle = await screen.findByRole('switch', { name: 'Power' });
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    expect(screen.getAllByRole('link', { name: 'evening' })[0]?.getAttribute('href')).toContain('run=r1');
    made.now += 6_000;
    expect(await screen.findByText(/has not confirmed it/, {}, { timeout: 3_000 })).toBeTruthy();
    expect(screen.getByRole('switch', { name: 'Power' }).getAttribute('aria-checked')).toBe('false');
  });

  test('viewers get values, users of the device, problems, and no form', async () => {
    const problem = { topic: 'a/config', path: '/schema', code: 'unsupported', message: 'no such schema' };
    const { house } = houseWith([{ ...lamp, problems: [problem] }], viewer);
    await show(<DeviceBody id="lamp" />, { house });
    expect(await screen.findByText('no such schema')).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'evening' })).toBeTruthy();
    expect(screen.getByText('40 %')).toBeTruthy();
    expect(screen.queryByRole('switch')).toBeNull();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  test.each([
    ['few', 1, 'device-main'],
    ['many', 9, 'device-side'],
  ])('of %s properties what uses it stands where there is room', async (_few, count, column) => {
    const properties = Array.from({ length: count }, (_, at) => property(`p${at}`, 'number', { value: at }));
    const { house } = houseWith([{ ...lamp, properties }]);
    await show(<DeviceBody id="lamp" />, { house });
    const uses = await screen.findByRole('heading', { name: 'Used by' });
    expect(uses.closest('.device-main, .device-side')?.className).toBe(column);
  });

  test('an edit sends what differs under its version; after a conflict the text stays and wins when saved again', async () => {
    const theirs = { ...lamp, version: 2, name: 'Theirs' };
    const devices: DeviceView[] = [lamp];
    const { house, calls } = houseWith(devices, operator, ({ headers }) => {
      if (headers['if-match'] === '"2"') return { body: { ...theirs, version: 3, name: 'Mine' } };
      devices[0] = theirs;
      return { status: 412, body: { status: 412, code: 'version-conflict', detail: 'x' } };
    });
    await show(<DeviceBody id="lamp" />, { house });
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await userEvent.clear(name);
    await userEvent.type(name, 'Mine');
    await userEvent.type(screen.getByRole('textbox', { name: 'Labels' }), '，阅读');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Somebody saved this device meanwhile: “Theirs”/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Mine');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('heading', { name: 'Mine' })).toBeTruthy();
    const edits = calls.filter(({ method }) => method === 'PATCH');
    expect(edits.map(({ headers }) => headers['if-match'])).toEqual(['"1"', '"2"']);
    expect(JSON.parse(edits[0]?.body ?? '')).toEqual({ name: 'Mine', labels: ['night', '阅读'] });
  });

  test('a device that is not there is said to be so', async () => {
    const { house } = houseWith([]);
    await show(<DeviceBody id="nobody" />, { house });
    expect(await screen.findByText('There is no such device')).toBeTruthy();
  });
});
