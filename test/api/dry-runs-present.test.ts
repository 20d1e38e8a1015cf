// A dry run against the present meets the runs of its rule that wait there: mode, key and limit decide by them, and what
// they do meanwhile is not taken for what the draft would do.
import { describe, expect, test } from 'vitest';
import type { DryRunRequest, DryRunView, Page, RunSummary } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, get, house } from '../support/house-visit.ts';

const kept = { qos: 1 } as const;
const stairs = (how: string, id = 'stairs'): string => `id: ${id}
key: "{{ params.floor }}"
${how}
triggers: [{ message: "stairs/{floor}/motion" }]
actions:
  - publish: stairs/{{ params.floor }}/light/set
    payload: "ON"
  - delay: 10m
  - publish: stairs/{{ params.floor }}/light/set
    payload: "OFF"
`;

async function dryRun({ url }: TestHouse, request: DryRunRequest, rule = 'stairs'): Promise<DryRunView> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(request);
  const answer = await fetch(`${url}/api/v1/rules/${rule}/dry-run`, { method: 'POST', headers, body });
  expect([answer.status, await answer.clone().text()]).toEqual([200, expect.any(String)]);
  return (await answer.json()) as DryRunView;
}

const on = (floor: string): DryRunRequest => ({
  trigger: { message: { topic: `stairs/${floor}/motion`, payload: 1 } },
});

const runsOf = async ({ url }: TestHouse): Promise<readonly RunSummary[]> =>
  (await get<Page<RunSummary>>(`${url}/api/v1/runs`)).items;

/** A house in which somebody is on the first floor, and each rule waits to switch the light off. */
async function onFirstFloor(...rules: readonly (readonly [id: string, text: string])[]): Promise<TestHouse> {
  const at = await house();
  for (const [id, text] of rules) await apply(at, id, text);
  const device = await client(at.mqttPort);
  await device.publishAsync('stairs/1/motion', '1', kept);
  return at;
}

const light = ({ effects }: DryRunView): unknown[] => effects.map(({ topic, payload }) => [topic, payload]);
const single = ['stairs', stairs('mode: single')] as const;
const lit = (floor: string): unknown[] =>
  ['ON', 'OFF'].map((payload) => [`stairs/${floor}/light/set`, payload]);

interface Case {
  readonly how: string;
  readonly outcome: DryRunView['outcome'];
  readonly reason?: string;
  /** What became of the run that waits. */
  readonly met: Partial<RunSummary>;
}

const cases: readonly Case[] = [
  { how: 'mode: single', outcome: 'refused', reason: 'single', met: { status: 'waiting' } },
  { how: 'mode: restart', outcome: 'finished', met: { status: 'superseded', reason: 'restart' } },
  { how: 'mode: queued', outcome: 'finished', met: { status: 'finished' } },
  { how: 'mode: queued\nmax: 1', outcome: 'refused', reason: 'max', met: { status: 'waiting' } },
  { how: 'mode: parallel', outcome: 'finished', met: { status: 'finished' } },
  { how: 'mode: parallel\nmax: 1', outcome: 'refused', reason: 'max', met: { status: 'waiting' } },
  {
    how: 'mode: restart\nlimit: { runs: 1, in: 1h }',
    outcome: 'refused',
    reason: 'limit',
    met: { status: 'waiting' },
  },
];

describe('a run that waits at present', () => {
  test('decides as it would over the next wake-up', async () => {
    const at = await onFirstFloor(
      ...cases.map(({ how }, index) => [`stairs-${index}`, stairs(how, `stairs-${index}`)] as const),
    );
    const before = await runsOf(at);
    for (const [index, { how, outcome, reason, met }] of cases.entries()) {
      const id = `stairs-${index}`;
      const waits = before.find(({ rule }) => rule === id);
      const view = await dryRun(at, on('1'), id);
      expect([how, view.outcome, view.reason]).toEqual([how, outcome, reason]);
      expect(light(view), how).toEqual(outcome === 'finished' ? lit('1') : []);
      expect(view.runs, how).toHaveLength(1);
      const same = { id: waits?.id, at: waits?.at, key: '1', ...met };
      expect(view.met, how).toEqual([expect.objectContaining(same)]);
    }
    expect(await runsOf(at)).toEqual(before);
  });

  test('keeps to its key, and is there only at present', async () => {
    const at = await onFirstFloor(single);
    const view = await dryRun(at, on('2'));
    expect(view).toMatchObject({ outcome: 'finished', met: [] });
    expect(light(view)).toEqual(lit('2'));
    const strange = { trigger: { message: { topic: 'x', payload: 1 } } };
    expect(await dryRun(at, strange)).toMatchObject({ outcome: 'not-woken', met: [] });
    expect(await dryRun(at, { ...on('1'), at: '-1ms' })).toMatchObject({ outcome: 'finished', met: [] });
  });

  test('goes on with its own version while the draft queues behind it', async () => {
    const at = await onFirstFloor(single);
    const source = stairs('mode: queued').replace('10m', '1m').replace('"ON"', 'DIM');
    const view = await dryRun(at, { ...on('1'), source });
    expect(light(view)).toEqual([
      ['stairs/1/light/set', 'DIM'],
      ['stairs/1/light/set', 'OFF'],
    ]);
    const [met] = view.met;
    expect(met).toMatchObject({ status: 'finished', version: 1 });
    expect(view.effects[0]?.at).toBe(met?.endedAt);
    expect(view.until - (met?.endedAt ?? 0)).toBe(60_000);
  });

  test('does not lead the draft on by what it does meanwhile', async () => {
    const at = await onFirstFloor(['stairs', stairs('mode: parallel')]);
    const source = stairs('mode: parallel')
      .replace(
        'motion" }]',
        'motion" }, { message: "stairs/{floor}/light/set", origin: any, when: payload = "OFF" }]',
      )
      .replace('10m', '20m');
    const view = await dryRun(at, { ...on('1'), source, advance: '15m' });
    expect(light(view)).toEqual([['stairs/1/light/set', 'ON']]);
    expect(view.met).toMatchObject([{ status: 'finished' }]);
  });
});
