// Our own devices and rules for Home Assistant: announced, kept up to date, taken back, and never read as devices of ours.
import { describe, expect, it } from 'vitest';
import { homeAssistant } from '../../src/devices/discovery/home-assistant/home-assistant.ts';
import { Formulas } from '../../src/devices/registry/formulas.ts';
import { invoke } from '../cli/invoke.ts';
import { discover } from '../support/discovery.ts';
import { apply, client, get, house, listen } from '../support/house-visit.ts';

const env = {
  HOMERULE_DEVICES__HOMEASSISTANT__PUBLISH: 'true',
  HOMERULE_ACCESS__RULECOMMANDS: 'true',
};
const rule = `id: night
name: Night
triggers: [{ message: press }]
actions: [{ log: x }]
`;

/** Until one begins so; the rest of it. */
async function until(next: () => Promise<string>, start: string): Promise<string> {
  for (;;) {
    const heard = await next();
    if (heard.startsWith(start)) return heard.slice(start.length);
  }
}

describe('discovery messages of our own', () => {
  it('tell of a device what a reader of them needs', async () => {
    const at = await house(undefined, { env });
    const phone = await client(at.mqttPort);
    const next = await listen(at.mqttPort, 'homeassistant/#');
    await phone.publishAsync('light002', 'on#80', { qos: 1 });
    const text = await until(next, 'homeassistant/device/homerule/light002/config ');
    const payload: unknown = JSON.parse(text);
    expect(payload).toMatchObject({
      device: { identifiers: ['homerule_light002'], name: 'light002' },
      availability: [{ topic: 'homerule/status' }],
      state_topic: 'homerule/devices/light002/state',
      command_topic: 'homerule/devices/light002/set',
      components: { light: { platform: 'light', schema: 'template', color_temp_kelvin: true } },
    });
    const { devices } = discover(homeAssistant(), { 'homeassistant/device/other/config': payload });
    const [light] = devices;
    const formulas = new Formulas();
    const read = (id: string, state: unknown) => {
      const report = light?.properties.find((property) => property.id === id)?.reports?.[0];
      return formulas.read(report?.read, { topic: '', payload: state, raw: JSON.stringify(state) });
    };
    expect(read('on', { on: true, brightness: 80 })).toEqual({ value: true });
    expect(read('brightness', { on: true, brightness: 80 })).toEqual({ value: 80 });
    const command = light?.properties.find(({ id }) => id === 'brightness')?.command;
    const wish = { value: 40, wanted: { brightness: 40 }, state: {} };
    expect(formulas.write(command?.write, wish)).toEqual({ value: '{"on": true, "brightness": 40}' });
    const all = await get<{ items: readonly { id: string }[] }>(`${at.url}/api/v1/devices`);
    expect(all.items.map(({ id }) => id)).toEqual(['light002']);
  });

  it('tell of a rule, of its switch, and that it is gone', async () => {
    const at = await house(undefined, { env });
    const next = await listen(at.mqttPort, 'homerule/rules/+/state');
    const announced = await listen(at.mqttPort, 'homeassistant/#');
    await apply(at, 'night', rule);
    expect(await next()).toBe('homerule/rules/night/state {"enabled":true}');
    const text = await until(announced, 'homeassistant/device/homerule/rule_night/config ');
    expect(JSON.parse(text)).toMatchObject({
      components: {
        rule_night_enabled: { name: 'Night', command_topic: 'homerule/rules/night/set' },
        rule_night_run: { command_topic: 'homerule/rules/night/run' },
      },
    });
    const cli = (...argv: readonly string[]) => invoke([...argv, '--data', at.dataDir]);
    await cli('user', 'add', 'ha', '--password', 'sesame');
    await cli('acl', 'add', 'ha', 'write', 'homerule/rules/+/set');
    const panel = await client(at.mqttPort, { username: 'ha', password: 'sesame' });
    await panel.publishAsync('homerule/rules/night/set', '{"enabled": false}', { qos: 1 });
    expect(await next()).toBe('homerule/rules/night/state {"enabled":false}');
    const { version } = await get<{ version: number }>(`${at.url}/api/v1/rules/night`);
    const headers = { 'if-match': `"${version}"` };
    const deleted = await fetch(`${at.url}/api/v1/rules/night`, { method: 'DELETE', headers });
    expect(deleted.status).toBe(204);
    expect(await next()).toBe('homerule/rules/night/state ');
    expect(await until(announced, 'homeassistant/device/homerule/rule_night/config ')).toBe('');
  });

  it('are not there unless they are asked for', async () => {
    const at = await house();
    const phone = await client(at.mqttPort);
    await phone.publishAsync('light002', 'on', { qos: 1 });
    const next = await listen(at.mqttPort, '#');
    await phone.publishAsync('end', '1', { qos: 1 });
    const heard: string[] = [];
    while (heard.at(-1) !== 'end 1') heard.push(await next());
    expect(heard.filter((each) => each.startsWith('homeassistant/'))).toEqual([]);
  });
});
