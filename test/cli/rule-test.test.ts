// `homerule rule test` of files needs no house.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoke } from './invoke.ts';

const rule = `id: fan
triggers: [{ change: t }]
conditions: [value > 25]
actions: [{ publish: fan/set, payload: "ON" }]
tests:
  - name: on when it is hot
    steps: [{ publish: t, payload: 26 }]
    expect: { published: [fan/set ON] }
  - name: on & "off" <again>
    given: { zone: UTC, time: "2026-03-02 12:00" }
    steps: [{ publish: t, payload: 25 }]
    expect: { published: 1 }
`;

describe('homerule rule test', () => {
  let folder = '';
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-test-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells what passed, and of what failed what came, when and why', async () => {
    const { code, out, err } = await invoke(['rule', 'test', file('fan.yaml', rule)]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toBe(`fan
  ✓ on when it is hot
  ✗ on & "off" <again>
      at 2026-03-02 12:00:00, tests[1].expect: published
        expected 1
        came     []
        did not run (woken by t): conditions-failed: conditions[0]: value > 25 was 25 > 25, 0 away
1 passed, 1 failed
`);
  });

  it('is content with tests that pass, with rules that have none, and with several in a file', async () => {
    const good = rule.replace('payload: 25', 'payload: 27');
    const path = file('good.yaml', `${good}---\nid: plain\ntriggers: []\nactions: [{ log: x }]\n`);
    const { code, out } = await invoke(['rule', 'test', path]);
    expect([code, out]).toEqual([
      0,
      'fan\n  ✓ on when it is hot\n  ✓ on & "off" <again>\nplain: no tests\n2 passed, 0 failed\n',
    ]);
  });

  it('fails where a document cannot be read, and says where', async () => {
    const { code, out, err } = await invoke([
      'rule',
      'test',
      file('bad.yaml', rule.replace('steps', 'stepps')),
    ]);
    expect([code, out]).toEqual([1, '0 passed, 0 failed, 1 not read\n']);
    expect(err).toContain('tests[0].stepps unknown-key 7:5');
  });

  it('counts a document that cannot be read as an error in JUnit XML', async () => {
    const junit = join(folder, 'unread.xml');
    const path = file('unread.yaml', rule.replace('steps', 'stepps'));
    const { code } = await invoke(['rule', 'test', path, '--junit', junit]);
    expect(code).toBe(1);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain(`<testsuite name="${path}" tests="1" errors="1">`);
    expect(xml).toContain('<error message="tests[0].steps ');
    expect(xml).toContain('tests[0].stepps unknown-key 7:5');
  });

  it('prints JSON, and writes JUnit XML', async () => {
    const junit = join(folder, 'results.xml');
    const path = file('fan.yaml', rule);
    const { code, out } = await invoke(['rule', 'test', path, '--json', '--junit', junit]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      {
        from: path,
        tests: { rule: 'fan', passed: 1, failed: 1, tests: [{ passed: true }, { passed: false }] },
      },
    ]);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('<testsuite name="fan" tests="2" failures="1">');
    expect(xml).toContain('<testcase classname="fan" name="on when it is hot"/>');
    expect(xml).toContain('name="on &amp; &quot;off&quot; &lt;again&gt;"');
    expect(xml).toContain('<failure message="published at 2026-03-02 12:00:00">');
    expect(xml).toContain('value &gt; 25 was 25 &gt; 25, 0 away');
  });
});
