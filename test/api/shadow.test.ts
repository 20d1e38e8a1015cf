// A shadow rule in a whole house: nothing of it leaves, its ledger outlives a restart, and it becomes real.
import { expect, test } from 'vitest';
import type { RuleSummary, RuleView, ShadowView } from '../../src/api/index.ts';
import { apply, client, freshFolder, get, house, listen } from '../support/house-visit.ts';

const shade = `id: shade
# Tried for a week.
shadow: true
triggers: [{ message: t }]
actions: [{ publish: lamp/set, payload: "{{ payload }}" }]
`;

test('a shadow rule does nothing, is compared over a restart, and becomes real with its text kept', async () => {
  const folder = freshFolder();
  const first = await house(folder);
  await apply(first, 'shade', shade);
  const sensor = await client(first.mqttPort);
  await sensor.publishAsync('lamp/set', 'ON', { qos: 1 });
  await sensor.publishAsync('t', 'ON', { qos: 1 });
  await sensor.publishAsync('t', 'OFF', { qos: 1 });
  const ledger = await get<ShadowView>(`${first.url}/api/v1/rules/shade/shadow`);
  expect(ledger).toMatchObject({ isShadow: true, windowMs: 60_000, counts: { matched: 1, pending: 1 } });
  expect(ledger.items.map(({ value, verdict }) => [value, verdict])).toEqual([
    ['OFF', 'pending'],
    ['ON', 'matched'],
  ]);
  expect(await get<RuleSummary>(`${first.url}/api/v1/rules/shade`)).toMatchObject({ shadow: true });
  await sensor.endAsync();
  await first.stop();

  const second = await house(folder);
  const counts = async () => (await get<ShadowView>(`${second.url}/api/v1/rules/shade/shadow`)).counts;
  expect(await counts()).toEqual({ matched: 1, pending: 1 });
  const again = await client(second.mqttPort);
  await again.publishAsync('lamp/set', 'OFF', { qos: 1 });
  expect(await counts()).toEqual({ matched: 2 });
  const promote = (): Promise<Response> =>
    fetch(`${second.url}/api/v1/rules/shade/promote`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
  const promoted = (await (await promote()).json()) as RuleView;
  expect(promoted).toMatchObject({ version: 2, source: shade.replace('shadow: true\n', '') });
  expect(promoted.shadow).toBeUndefined();
  expect((await promote()).status).toBe(409);
  const next = await listen(second.mqttPort, 'lamp/set');
  await again.publishAsync('t', 'OFF', { qos: 1 });
  expect(await next()).toBe('lamp/set OFF');
});
