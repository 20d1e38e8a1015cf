import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configKeys } from '../../src/config/index.ts';
import { invoke } from './invoke.ts';

describe('homerule config', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-cli-config-'));
    writeFileSync(join(folder, 'homerule.yaml'), 'ws: { port: 9083 }\n');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('says each value and where it came from', async () => {
    const { code, out } = await invoke(['config', '--data', folder, '--mqtt-port', '1884']);
    expect(code).toBe(0);
    expect(out).toMatch(/^KEY +VALUE +FROM$/m);
    expect(out).toMatch(/^mqtt\.port +1884 +flag$/m);
    expect(out).toMatch(new RegExp(`^ws\\.port +9083 +${folder}/homerule.yaml$`, 'm'));
    expect(out).toMatch(/^http\.port +18083 +default$/m);
    expect(out).toMatch(/^place\.latitude +- +default$/m);
  });

  it('says it to programs', async () => {
    const { out } = await invoke(['config', '--data', folder, '--json']);
    const { file, keys } = JSON.parse(out);
    expect(file).toBe(join(folder, 'homerule.yaml'));
    expect(keys).toHaveLength(configKeys().length);
    expect(keys).toContainEqual({ key: 'ws.port', value: 9083, origin: 'file' });
  });

  it('names everything that is wrong', async () => {
    const { code, err } = await invoke(['config', '--data', folder, '--mqtt-port', 'x', '--http-port', '-1']);
    expect(code).toBe(1);
    expect(err).toMatch(/^homerule: bad-config: --mqtt-port: .* got "x"\n--http-port: .* got "-1"\n$/);
  });

  it('has the reference of all keys in its help', async () => {
    const { out } = await invoke(['config', '--help']);
    for (const { path, about } of configKeys()) {
      expect(out).toContain(path);
      expect(out).toContain(about);
    }
  });
});
