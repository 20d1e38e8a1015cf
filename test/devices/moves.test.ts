// Another id, other topics or other hardware for a device: what names it is shown, and follows when asked to.
import { describe, expect, it } from 'vitest';
import type { DeviceMoveView, DeviceUsesView, DeviceView, RuleView } from '../../src/api/index.ts';
import { invoke } from '../cli/invoke.ts';
import { apply, client, freshFolder, get, house, listen } from '../support/house-visit.ts';

const rule = `id: night
triggers: [{ message: go }]
actions:
  - set: light002   # the lamp on the desk
    properties: { on: true }
  - publish: seen
    payload: "{{ $device('light002').properties.on }}"
`;

async function prepared() {
  const folder = freshFolder();
  const at = await house(folder);
  const phone = await client(at.mqttPort);
  const cli = (...argv: readonly string[]) => invoke([...argv, '--data', folder]);
  await phone.publishAsync('light002', 'off', { qos: 1 });
  await phone.publishAsync('lamp002', 'off#10', { qos: 1 });
  await apply(at, 'night', rule);
  return { at, folder, phone, cli };
}

async function post<View>(url: string, body: object): Promise<View> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status, url).toBe(200);
  return (await answer.json()) as View;
}

describe('a device in a real house', () => {
  it('says what names it', async () => {
    const { at } = await prepared();
    const uses = await get<DeviceUsesView>(`${at.url}/api/v1/devices/light002/used-by`);
    expect(uses).toMatchObject({
      topics: expect.arrayContaining(['light002']),
      rules: [{ id: 'night', uses: [{ line: 4, path: 'actions[0].set' }, { line: 7 }] }],
    });
  });

  it('is renamed with its rules, in one step that a kill does not part', async () => {
    const { at, folder, cli } = await prepared();
    const url = `${at.url}/api/v1`;
    const preview = await post<DeviceMoveView>(`${url}/devices/light002/rename`, { id: 'desk-lamp' });
    expect(preview).toMatchObject({
      applied: false,
      device: 'light002',
      rules: [{ id: 'night', version: 1 }],
    });
    expect((await get<RuleView>(`${url}/rules/night`)).version).toBe(1);
    expect(await cli('device', 'rename', 'light002', 'desk-lamp', '--apply')).toMatchObject({ code: 0 });
    await at.kill();
    const again = await house(folder);
    const saved = await get<RuleView>(`${again.url}/api/v1/rules/night`);
    expect(saved.source).toBe(rule.replaceAll('light002', 'desk-lamp'));
    const device = await get<DeviceView>(`${again.url}/api/v1/devices/desk-lamp`);
    expect(device).toMatchObject({ key: 'light002', gone: false });
  });

  it('gets new hardware, and rules go on with it', async () => {
    const { at, phone, cli } = await prepared();
    expect(await cli('device', 'replace', 'light002', 'lamp002', '--apply')).toMatchObject({ code: 0 });
    const device = await get<DeviceView>(`${at.url}/api/v1/devices/light002`);
    expect(device).toMatchObject({ key: 'lamp002', gone: false });
    const next = await listen(at.mqttPort, 'lamp002');
    await phone.publishAsync('go', '1', { qos: 1 });
    expect(await next()).toMatch(/^lamp002 on/);
  });
});
