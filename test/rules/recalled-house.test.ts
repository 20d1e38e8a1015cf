// A real house with a real journal: a sensor spoke for a while, then somebody makes a rule that looks back.
import { expect, test } from 'vitest';
import type { WindowView } from '../../src/expression/index.ts';
import { apply, client, freshFolder, house, listen } from '../support/house-visit.ts';

const rule = `id: look-back
triggers: [{ message: ask }]
actions: [{ publish: told, payload: "{{ $over('lab/room', '7d', 'celsius') }}" }]`;

test('its windows are whole as soon as the journal was read', async () => {
  const values = Array.from({ length: 50 }, (_, n) => 20 + (n % 5));
  const sum = values.reduce((one, other) => one + other, 0);
  const at = await house(freshFolder(), { env: { HOMERULE_RULES__BREAKER__RUNS: '0' } });
  const sensor = await client(at.mqttPort);
  for (const celsius of values)
    await sensor.publishAsync('lab/room', JSON.stringify({ celsius }), { qos: 1 });
  await apply(at, 'look-back', rule);
  const next = await listen(at.mqttPort, 'told');
  const ask = async (): Promise<WindowView> => {
    await sensor.publishAsync('ask', '', { qos: 1 });
    return JSON.parse((await next()).slice('told '.length)) as WindowView;
  };
  let view = await ask();
  expect(view).toMatchObject({ last: values.at(-1) });
  while (view.count < values.length) view = await ask();
  expect(view).toMatchObject({ count: 50, changes: 50, min: 20, max: 24, sum, first: 20 });
  expect(view.coverage).toBeLessThan(0.01);
  await sensor.publishAsync('lab/room', '{"celsius":30}', { qos: 1 });
  expect(await ask()).toMatchObject({ count: 51, max: 30, sum: sum + 30, last: 30 });
});
