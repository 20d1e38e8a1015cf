// Every file of test/cases/rules: rules, then steps, each `expect` naming exactly what happened since the one before.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { parseDuration } from '../../src/base/index.ts';
import { type DeviceMapping, mappingSchema } from '../../src/devices/index.ts';
import type { DueItem } from '../../src/rules/index.ts';
import { FakeDevices } from '../support/fake-devices.ts';
import { FakeService, turn } from '../support/fake-service.ts';
import { type Published, RuleWorld } from '../support/rule-world.ts';

const folder = fileURLToPath(new URL('../cases/rules', import.meta.url));
const ruleSchema = z.looseObject({ id: z.string() });
const duration = z.union([z.string(), z.number()]);

const message = z.strictObject({
  publish: z.string(),
  payload: z.unknown().optional(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
  retain: z.boolean().exactOptional(),
  origin: z.enum(['client', 'rule', 'bridge', 'flow', 'api']).exactOptional(),
  by: z.string().exactOptional(),
  /** Out of a store. */
  stored: z.boolean().exactOptional(),
  userProperties: z.record(z.string(), z.string()).exactOptional(),
  /** Published that often. */
  times: z.number().default(1),
  /** Published on that many topics below it, `TOPIC/1` and so on. */
  below: z.number().exactOptional(),
});

const expected = z.strictObject({
  /** `topic payload` of each publish, payload as JSON unless it is text; a number: how many. */
  published: z.union([z.array(z.string()), z.number()]).optional(),
  /** `rule status` or `rule status reason` of each trace. */
  runs: z.array(z.string()).optional(),
  logged: z.array(z.string()).optional(),
  /** `service request` of each call, the request as JSON, without what is always the same. */
  calls: z.array(z.string()).optional(),
  waiting: z.number().optional(),
  /** How many triggers hold something. */
  held: z.number().optional(),
  /** Texts that no trace of those that ended may hold. */
  hidden: z.array(z.string()).optional(),
  /** A part of the latest trace. */
  trace: z.record(z.string(), z.unknown()).optional(),
});

const step = z.union([
  message,
  z.strictObject({
    client: z.string(),
    is: z.enum(['connected', 'disconnected']),
    user: z.string().exactOptional(),
    reason: z.string().exactOptional(),
    times: z.number().default(1),
  }),
  z.strictObject({ device: z.string(), is: z.enum(['online', 'offline', 'gone']) }),
  z.strictObject({ device: z.string(), reports: z.record(z.string(), z.unknown()) }),
  z.strictObject({ advance: duration }),
  z.strictObject({ restart: duration }),
  /** The machine does, and the wall clock goes on. */
  z.strictObject({ sleep: duration }),
  z.strictObject({
    run: z.string(),
    payload: z.unknown().optional(),
    skipConditions: z.boolean().optional(),
  }),
  z.strictObject({ emit: z.string(), data: z.unknown().optional() }),
  /** A call of `/hooks/NAME`; `knows` are the names of the secrets that it brings. */
  z.strictObject({
    hook: z.string(),
    method: z.string().default('POST'),
    body: z.unknown().optional(),
    knows: z.array(z.string()),
  }),
  z.strictObject({ save: ruleSchema }),
  z.strictObject({ enable: z.string() }),
  z.strictObject({ disable: z.string() }),
  z.strictObject({ delete: z.string() }),
  z.strictObject({ cancel: z.literal('all') }),
  z.strictObject({ fire: z.literal('all') }),
  /** The oldest call of the service is answered, or fails with a code. */
  z.strictObject({ answer: z.string(), with: z.unknown().optional() }),
  z.strictObject({ break: z.string(), code: z.string() }),
  z.strictObject({ expect: expected }),
]);

const fakeDevice = z.strictObject({
  id: z.string(),
  labels: z.array(z.string()).default([]),
  topic: z.string().default(''),
  properties: z.record(z.string(), z.unknown()).default({}),
  readonly: z.array(z.string()).default([]),
});

const caseSchema = z.strictObject({
  name: z.string(),
  time: z.string().default('2026-03-02T12:00:00Z'),
  zone: z.string().default('UTC'),
  place: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
  calendar: z
    .strictObject({ holidays: z.array(z.string()), workdays: z.array(z.string()) })
    .default({ holidays: [], workdays: [] }),
  /** That the house has. */
  services: z.array(z.string()).default([]),
  devices: z.array(fakeDevice).default([]),
  /** Devices of the real registry, described by hand, by id; in place of `devices`. */
  mappings: z.record(z.string(), mappingSchema).default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  rules: z.array(ruleSchema),
  steps: z.array(step),
});

type Step = z.output<typeof step>;
type Expected = z.output<typeof expected>;

interface Given {
  readonly world: RuleWorld;
  readonly services: readonly FakeService[];
  readonly devices: FakeDevices;
}

/** Describes the devices of a case to its house. */
function map(world: RuleWorld, mappings: Readonly<Record<string, DeviceMapping>>): void {
  for (const [id, document] of Object.entries(mappings)) {
    const change = { change: 'map', id, document, version: 1 } as const;
    world.decide({ kind: 'command', at: world.clock.now(), command: { do: 'device', change }, by: 'test' });
  }
}

function shownMessage({ topic, payload, retain, isRepeated, expiry, properties }: Published): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const marks = [
    retain && ' [retain]',
    isRepeated && ' [repeated]',
    expiry !== undefined && ` [expiry ${expiry}]`,
    properties && ` ${JSON.stringify(properties)}`,
  ];
  return `${topic} ${text}${marks.filter(Boolean).join('')}`;
}

function timersOf(world: RuleWorld, kind: DueItem['kind']): readonly string[] {
  return [...world.live.engine.due.values()].filter(({ item }) => item.kind === kind).map(({ id }) => id);
}

/** Runs and what triggers hold. */
function waitingIn(world: RuleWorld): readonly string[] {
  return [...world.rows.runs.rows.keys(), ...timersOf(world, 'hold')];
}

function check({ world, services }: Given, wanted: Expected): void {
  const published = world.published.splice(0).map(shownMessage);
  const traces = world.traces.splice(0);
  const logged = world.logged.splice(0);
  if (typeof wanted.published === 'number') expect(published.length, 'published').toBe(wanted.published);
  else if (wanted.published) expect(published, 'published').toEqual(wanted.published);
  if (wanted.runs) {
    expect(
      traces.map(({ rule, status, reason }) => [rule, status, reason].filter(Boolean).join(' ')),
      'runs',
    ).toEqual(wanted.runs);
  }
  if (wanted.logged) expect(logged, 'logged').toEqual(wanted.logged);
  const calls = services.flatMap((service) => service.takeCalls());
  if (wanted.calls) expect(calls, 'calls').toEqual(wanted.calls);
  if (wanted.waiting !== undefined) expect(world.rows.runs.rows.size, 'waiting').toBe(wanted.waiting);
  if (wanted.held !== undefined) expect(timersOf(world, 'hold').length, 'held').toBe(wanted.held);
  for (const text of wanted.hidden ?? []) expect(JSON.stringify(traces), 'traces').not.toContain(text);
  if (wanted.trace) expect(traces.at(-1), 'trace').toMatchObject(wanted.trace);
}

async function take(given: Given, each: Step): Promise<void> {
  const { world } = given;
  const service = (name: string): FakeService | undefined => given.services.find((one) => one.name === name);
  if ('publish' in each) {
    const { publish: name, payload = null, times, below, ...rest } = each;
    const topics =
      below === undefined ? [name] : Array.from({ length: below }, (_, at) => `${name}/${at + 1}`);
    for (let count = 0; count < times; count++)
      for (const topic of topics) world.publish({ topic, payload, ...rest });
  } else if ('client' in each) {
    const { client, is: kind, times, ...facts } = each;
    for (let count = 0; count < times; count++) world.clientChanged({ client, kind, ...facts });
  } else if ('reports' in each) given.devices.report(each.device, each.reports);
  else if ('device' in each && each.is === 'gone') given.devices.remove(each.device);
  else if ('device' in each) world.signal({ signal: 'device', name: each.device, value: each.is });
  else if ('advance' in each) world.advance(parseDuration(each.advance));
  else if ('sleep' in each) world.sleep(parseDuration(each.sleep));
  else if ('restart' in each) {
    await turn();
    for (const one of given.services) one.forget();
    world.restart(parseDuration(each.restart));
  } else if ('run' in each) world.run(each.run, each.payload, each.skipConditions);
  else if ('emit' in each) world.signal({ signal: 'event', name: each.emit, data: each.data });
  else if ('hook' in each) {
    const { hook: name, method, body: data, knows: keys } = each;
    world.signal({ signal: 'webhook', name, value: { method, keys }, data });
  } else if ('save' in each) world.save(stringify(each.save));
  else if ('enable' in each) world.change(each.enable, 'enabled');
  else if ('disable' in each) world.change(each.disable, 'disabled');
  else if ('delete' in each) world.change(each.delete, 'deleted');
  else if ('cancel' in each) for (const id of waitingIn(world)) world.cancel(id);
  else if ('fire' in each) for (const id of waitingIn(world)) world.fire(id);
  else if ('answer' in each) await service(each.answer)?.answer(each.with);
  else if ('break' in each) await service(each.break)?.fail(each.code);
  else {
    await turn();
    check(given, each.expect);
  }
}

for (const file of readdirSync(folder).sort()) {
  const cases = z.array(caseSchema).parse(parse(readFileSync(`${folder}/${file}`, 'utf8')));
  for (const {
    name,
    time,
    rules,
    steps,
    services: names,
    secrets,
    devices: known,
    mappings,
    ...home
  } of cases) {
    test(`${file.replace('.yaml', '')}: ${name}`, async () => {
      const devices = new FakeDevices(known);
      const isMapped = Object.keys(mappings).length > 0;
      const which = isMapped ? { formats: [] } : { devices };
      const world = new RuleWorld({ time: Date.parse(time), ...home, ...which });
      map(world, mappings);
      const services = names.map((each) => new FakeService(each));
      for (const service of services) world.services.set(service.name, service.call);
      for (const [key, value] of Object.entries(secrets)) world.keepSecret(key, value);
      for (const rule of rules) world.save(stringify(rule));
      for (const each of steps) await take({ world, services, devices }, each);
      for (const { trace, atOnce } of world.late) expect(JSON.stringify(trace.read())).toBe(atOnce);
    });
  }
}
