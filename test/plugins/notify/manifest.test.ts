// plugin.json is made from the table of services. UPDATE_DOCUMENTS=1 writes it anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { configSchema, readChannels, secretsOf } from '../../../plugins/notify/config.ts';
import { type Plugins, parseManifest } from '../../../src/plugins/index.ts';
import { TestPluginHouse } from '../plugin-house.ts';

const file = fileURLToPath(new URL('../../../plugins/notify/plugin.json', import.meta.url));
const shipped = fileURLToPath(new URL('../../../plugins', import.meta.url));

it('plugin.json holds the schemas of all services', () => {
  const text = readFileSync(file, 'utf8');
  const made = { ...JSON.parse(text), config: configSchema() };
  if (process.env['UPDATE_DOCUMENTS'] === '1') writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
  else expect(parseManifest(text, file)).toEqual(made);
});

describe('the configuration', () => {
  it('may not name two channels alike', () => {
    const channel = { name: 'phone', topic: 'x' };
    expect(() => readChannels({ ntfy: [channel], bark: [channel] })).toThrow(
      'two channels are called "phone"',
    );
  });

  it('knows its secrets', () => {
    const [channel] = readChannels({
      ntfy: [{ name: 'phone', topic: 'a', token: 'b', user: 'c', password: 'd' }],
    });
    expect(channel && secretsOf(channel)).toEqual(['a', 'b', 'd']);
  });

  it('is checked by the house with place and field, sealed, and offered', async () => {
    const house = await TestPluginHouse.make(shipped);
    const plugins: Plugins = await house.host();
    await expect(plugins.configure('notify', { ntfy: [{ name: 'Phone', url: 'x' }] })).rejects.toThrow(
      /ntfy\.0\.name: .*ntfy\.0\.url: .*ntfy\.0\.topic/s,
    );
    const url = 'https://home:password@ntfy.example';
    await expect(
      plugins.configure('notify', { ntfy: [{ name: 'phone', topic: 'x', url }] }),
      'an address is shown',
    ).rejects.toThrow(/ntfy\.0\.url/);
    await plugins.configure('notify', { ntfy: [{ name: 'phone', topic: 'open-sesame' }] });
    expect(JSON.stringify(await house.rows.all())).not.toContain('sesame');
    expect(await plugins.enable('notify')).toMatchObject({
      state: 'running',
      actions: ['test'],
      channels: ['phone'],
    });
    await expect(plugins.act('notify', 'test', { channel: 'mail' })).rejects.toThrow(
      'no channel "mail"; there are: phone',
    );
    await plugins.stop();
    await house.remove();
  });
});
