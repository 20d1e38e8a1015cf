// Devices on topics of the house: what they report, the same for all, and commands of clients that are granted it.
import { describe, expect, it } from 'vitest';
import { invoke } from '../cli/invoke.ts';
import { client, house, listen } from '../support/house-visit.ts';

const uniform = { HOMERULE_DEVICES__UNIFORM: 'true', HOMERULE_ACCESS__DEVICECOMMANDS: 'true' };

describe('homerule/devices', () => {
  it('has what each device reports, gathered, retained', async () => {
    const at = await house(undefined, { env: uniform });
    const phone = await client(at.mqttPort);
    const next = await listen(at.mqttPort, 'homerule/devices/+/state');
    await phone.publishAsync('light002', 'on', { qos: 1 });
    await phone.publishAsync('light002', 'on#30', { qos: 1 });
    const heard = [await next()];
    while (!heard.at(-1)?.includes('brightness')) heard.push(await next());
    expect(heard.at(-1)).toBe('homerule/devices/light002/state {"on":true,"brightness":30}');
    const late = await listen(at.mqttPort, 'homerule/devices/#');
    expect(await late()).toBe('homerule/devices/light002/state {"on":true,"brightness":30}');
  });

  it('takes commands of who is granted them, and of nobody else', async () => {
    const at = await house(undefined, { env: uniform });
    const cli = (...argv: readonly string[]) => invoke([...argv, '--data', at.dataDir]);
    await cli('user', 'add', 'panel', '--password', 'sesame');
    await cli('acl', 'add', 'panel', 'write', 'homerule/devices/+/set');
    const phone = await client(at.mqttPort);
    await phone.publishAsync('light002', 'off', { qos: 1 });
    const next = await listen(at.mqttPort, 'light002');
    await phone
      .publishAsync('homerule/devices/light002/set', '{"on":true}', { qos: 1 })
      .catch(() => undefined);
    const panel = await client(at.mqttPort, { username: 'panel', password: 'sesame' });
    await panel.publishAsync('homerule/devices/light002/set', '{"brightness":20}', { qos: 1 });
    expect(await next()).toBe('light002 on#20');
  });
});
