import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configKeys, configReference, loadConfig, socketPath } from '../../src/config/index.ts';
import { keyDocs } from '../../src/config/key-docs.ts';
import { fromText, wrongValue } from '../../src/config/setting.ts';

describe('the keys', () => {
  const keys = configKeys();

  it('are those of the effective configuration', () => {
    const { origins } = loadConfig({ environment: {} });
    expect(keys.map(({ path }) => path)).toEqual(Object.keys(origins));
    expect(keys.map(({ path }) => path)).toContain('limits.statePayloadBytes');
  });

  it('are each documented in one sentence', () => {
    for (const { about, expected } of keys) {
      expect(about).toMatch(/^[A-Z].*\.$/);
      expect(expected).not.toBe('');
    }
  });

  it('differ also where case does not count', () => {
    const variables = keys.map(({ variable }) => variable);
    expect(new Set(variables).size).toBe(keys.length);
    expect(variables).toContain('HOMERULE_LIMITS__MAXPACKETBYTES');
  });

  it('stand in the reference, one line each', () => {
    const lines = configReference().trimEnd().split('\n');
    expect(lines).toHaveLength(keys.length + 2);
    expect(lines).toContain('| `mqtt.port` | 1883 | Port of MQTT over TCP. | `HOMERULE_MQTT__PORT` |');
    expect(lines).toContain("| `zone` | the system's | Time zone of the home. | `HOMERULE_ZONE` |");
  });
});

describe('a secret', () => {
  const schema = z.strictObject({
    pass: z.string().min(3).optional().register(keyDocs, {
      about: 'A password.',
      expected: 'three letters',
      isSecret: true,
    }),
  });

  it('is not repeated when it is wrong', () => {
    const [key] = configKeys(schema);
    if (key === undefined) throw new Error('the key was not found');
    const setting = { path: 'pass', value: fromText(key, 'ab'), origin: 'flag', where: '--pass' } as const;
    expect(wrongValue(key, setting)).toBe('--pass: pass: expected three letters, got something else');
  });
});

describe('socketPath', () => {
  it('lies in the data folder', () => {
    expect(socketPath('/srv/home')).toBe('/srv/home/run/homerule.sock');
    expect(socketPath('x')).toBe(join(process.cwd(), 'x/run/homerule.sock'));
  });

  it('moves to the temporary folder when it would be cut', () => {
    const deep = `/${'d'.repeat(82)}`;
    const short = socketPath(deep.slice(0, -1));
    expect(short).toBe(`${deep.slice(0, -1)}/run/homerule.sock`);
    expect(Buffer.byteLength(short)).toBe(100);
    const moved = socketPath(deep);
    expect(dirname(dirname(moved))).toBe(tmpdir());
    expect(moved).toBe(socketPath(`${deep}/`));
    expect(moved).not.toBe(socketPath(`${deep}x`));
    expect(Buffer.byteLength(moved)).toBeLessThanOrEqual(100);
  });
});
