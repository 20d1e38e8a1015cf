// The conditions and messages of the expression benchmark.

/** Names that they see, in the order of their slots. */
export const names: readonly string[] = ['payload', 'topic', 'params'];

export const states: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['livingroom/ac', { power: 'off', mode: 'cool' }],
  ['home/door', { contact: false }],
  ['home/mode', 'away'],
]);

export const hot = 'payload.temperature > 25 and $state("livingroom/ac").power = "off"';

/** Eight kinds of conditions as people write them. */
const plain: readonly ((n: number) => string)[] = [
  (n) => `payload.temperature > ${n % 40}`,
  (n) => `payload.temperature > ${n % 40} and $state("livingroom/ac").power = "off"`,
  (n) => `payload.battery < ${n % 100} or payload.status = "low"`,
  (n) => `payload.occupancy = true and $state("home/mode") != "home" and payload.lux < ${n}`,
  (n) => `$state("home/door").contact = false and payload.humidity >= ${n % 90}`,
  (n) => `topic = "home/room${n}/sensor" or payload.value.raw > ${n}`,
  (n) => `payload.action in ["single", "double"] and payload.count > ${n % 5}`,
  (n) => `(payload.temperature - 32) * 5 / 9 > ${n % 30} and $exists(payload.humidity)`,
];

/** Eight kinds over the thirty devices that one message lists. */
const overArrays: readonly ((n: number) => string)[] = [
  (n) => `$sum(payload.devices.power) > ${n * 100}`,
  (n) => `$count(payload.devices[battery < ${n % 100}]) > 2`,
  (n) => `$max(payload.devices[room = "room${n % 5}"].power) > 50`,
  (n) => `payload.devices[name = "device${n % 30}"].on = true`,
  (n) => `$average($map(payload.devices, function($d) { $d.power * 2 })) > ${n}`,
  (n) => `$count($filter(payload.devices, function($d) { $d.on and $d.battery > ${n % 100} })) > 3`,
  (n) => `payload.devices^(>battery)[0].battery < ${n % 100}`,
  (n) => `$lookup(payload.devices{room: $sum(power)}, "room${n % 5}") > 200`,
];

function repeated(shapes: readonly ((n: number) => string)[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => (shapes[index % shapes.length] ?? String)(index));
}

export const mixed: readonly string[] = repeated(plain, 300);
export const arrayHeavy: readonly string[] = repeated(overArrays, 40);

export const messages: readonly unknown[] = [
  { temperature: 31, humidity: 40, battery: 80, occupancy: true, lux: 12, value: { raw: 7 } },
  { temperature: 18, humidity: 70, battery: 9, status: 'low', action: 'single', count: 3 },
  { temperature: 26, occupancy: false, lux: 300, value: { raw: 400 }, action: 'hold', count: 1 },
];

export const lists: readonly unknown[] = [1, 7, 13].map((factor) => ({
  devices: Array.from({ length: 30 }, (_, n) => ({
    name: `device${n}`,
    room: `room${n % 5}`,
    on: (n * factor) % 3 === 0,
    battery: (n * factor) % 100,
    power: (n * factor * 11) % 120,
  })),
}));
