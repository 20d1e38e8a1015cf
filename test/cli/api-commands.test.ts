// The commands that ask a running house, over its real HTTP server on the unix socket and on loopback.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/api/index.ts';
import { topicView } from '../support/fake-views.ts';
import { type HttpHouse, startHttpHouse } from '../support/http-house.ts';
import { invoke, type Outcome } from './invoke.ts';

const fan = 'id: fan\ntriggers:\n  - message: a\nactions:\n  - publish: b\n    payload: "1"\n';

describe('commands over the API', () => {
  let house: HttpHouse;
  let folder = '';

  beforeAll(async () => {
    house = await startHttpHouse();
    folder = mkdtempSync(join(tmpdir(), 'homerule-rules-'));
  });

  afterAll(async () => {
    await house.stop();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    house.api.versionsOf.clear();
    house.api.calls.length = 0;
  });

  const cli = (argv: readonly string[], stdin?: string): Promise<Outcome> =>
    invoke([...argv, '--data', house.folder], stdin);

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  const saved = (): unknown[] =>
    house.api.calls.filter(({ what }) => what === 'rules.save').map(({ args }) => args[0]);

  it('backtest asks about a draft in a file or a saved rule, and prints what would have been', async () => {
    const draft = await cli([
      'rule',
      'backtest',
      file('draft.yaml', fan),
      '--from',
      '-1d',
      '--against',
      'current',
    ]);
    expect(draft).toMatchObject({ code: 0, err: '' });
    expect(draft.out).toContain('12 messages in 0.2 s; it would have run 1 time with 1 effect');
    expect(draft.out).toContain('message home/t 26');
    expect(house.api.calls.at(-1)).toMatchObject({
      what: 'backtests.run',
      args: ['fan', { from: '-1d', source: fan, against: 'current' }],
    });
    const json = await cli(['rule', 'backtest', 'fan', '--json', '--against', '3']);
    expect(JSON.parse(json.out)).toMatchObject({
      messages: 12,
      firings: [{ at: 500, effects: [{ topic: 'fan/set' }] }],
    });
    expect(house.api.calls.at(-1)).toMatchObject({ args: ['fan', { from: '-7d', against: 3 }] });
    expect(await cli(['rule', 'backtest', 'fan', '--against', 'x'])).toMatchObject({ code: 2 });
    expect(await cli(['rule', 'backtest', 'nobody'])).toMatchObject({ code: 1 });
  });

  it('test --from-run prints a run as a test, and --add saves the rule with it', async () => {
    await cli(['rule', 'apply', file('fan.yaml', fan)]);
    house.api.calls.length = 0;
    const printed = await cli(['rule', 'test', 'fan', '--from-run', 'r1']);
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(printed.out).toContain('- name: motion on 2026-03-02');
    expect(saved()).toEqual([]);
    const added = await cli(['rule', 'test', 'fan', '--from-run', 'r1', '--add']);
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('added to fan') });
    expect(saved()).toMatchObject([{ text: expect.stringMatching(/tests:\n {2}- name: motion/) }]);
    expect(await cli(['rule', 'test', 'other', '--from-run', 'r1'])).toMatchObject({ code: 2 });
    expect(await cli(['rule', 'test', 'fan', '--add'])).toMatchObject({ code: 2 });
  });

  it('state get --at prints a topic as it was', async () => {
    expect(await cli(['state', 'get', 'home/t', '--at', '-2h'])).toMatchObject({ code: 0, err: '' });
    expect(house.api.calls.at(-1)).toMatchObject({
      what: 'past.states',
      args: [{ at: '-2h', filter: 'home/t', limit: 1 }],
    });
    const wild = await cli(['state', 'get', 'home/#', '--at', '-2h']);
    expect(wild).toMatchObject({ code: 1, err: expect.stringContaining('topic-missing') });
  });

  it('apply saves each document of a file under its id, as it was written', async () => {
    const both = `# first\n${fan}---\n${fan.replace('fan', 'fan')}`;
    const outcome = await cli(['rule', 'apply', file('both.yaml', both)]);
    expect(outcome).toEqual({ code: 0, out: 'applied fan (version 1)\napplied fan (version 2)\n', err: '' });
    expect(saved()).toMatchObject([
      { id: 'fan', text: expect.stringContaining('# first\nid: fan') },
      { id: 'fan', text: expect.stringContaining('id: fan') },
    ]);
  });

  it('apply reads the standard input', async () => {
    expect(await cli(['rule', 'apply', '-'], fan)).toMatchObject({ code: 0, err: '' });
    expect(saved()).toMatchObject([{ id: 'fan', text: fan }]);
  });

  it('apply saves nothing when one document is refused', async () => {
    const outcome = await cli(['rule', 'apply', file('good.yaml', fan), file('bad.yaml', `bad: 1\n${fan}`)]);
    expect(outcome.code).toBe(1);
    expect(outcome.out).toMatch(/bad\.yaml: triggers missing - no triggers\n$/);
    expect(outcome.err).toBe('homerule: rule-invalid: 1 of 2 refused, nothing was saved\n');
    expect(saved()).toEqual([]);
  });

  it('apply says when a file is missing, before it asks', async () => {
    const outcome = await cli(['rule', 'apply', join(folder, 'absent.yaml')]);
    expect(outcome).toMatchObject({ code: 1, err: expect.stringContaining('absent.yaml cannot be read') });
    expect(house.api.calls).toEqual([]);
  });

  it('tells what is wrong with all rules together', async () => {
    const out = 'fan actions[0] loop "fan" wakes itself\n1 rules, 1 warnings, 0 notes\n';
    expect(await cli(['rule', 'analyse'])).toEqual({ code: 0, err: '', out });
  });

  it('asks the house what is wrong with a file', async () => {
    expect(await cli(['rule', 'check', '-', '--house'], fan)).toEqual({ code: 0, err: '', out: '' });
    expect(await cli(['rule', 'check', '-', '--house'], 'bad: 1')).toMatchObject({ code: 1 });
  });

  it('rollback saves an older version again', async () => {
    await cli(['rule', 'apply', '-'], fan);
    await cli(['rule', 'apply', '-'], fan);
    const back = await cli(['rule', 'rollback', 'fan', '1']);
    expect(back).toEqual({ code: 0, out: 'fan is back to version 1, kept as version 3\n', err: '' });
    await cli(['rule', 'rollback', 'fan', '1', '--note', 'too warm']);
    expect(house.api.calls.at(-1)).toMatchObject({
      args: ['fan', { version: 1, note: 'too warm' }, undefined],
    });
    expect(await cli(['rule', 'rollback', 'fan', 'first'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no version'),
    });
  });

  it('cancel ends runs that wait, and says when there is none', async () => {
    const outcome = await cli(['rule', 'cancel', 'run-1']);
    expect(outcome).toMatchObject({ code: 0, out: 'cancelled run-1\n' });
    expect(house.api.calls.at(-1)).toMatchObject({ what: 'runs.cancel' });
  });

  it('list, show and export tell of the rules', async () => {
    await cli(['rule', 'apply', '-'], fan);
    const list = await cli(['rule', 'list']);
    expect(list.out).toMatch(
      /^ID +STATE +VERSION +WAITING +LAST +NAME\nfan +on +1 +0 +finished \d+d ago +fan\n$/,
    );
    const show = await cli(['rule', 'show', 'fan']);
    expect(show.out).toContain('# fan · on · version 1 of 1970-01-01T00:00:00.500Z');
    expect(show.out.endsWith(fan)).toBe(true);
    expect(await cli(['rule', 'export'])).toEqual({ code: 0, out: fan, err: '' });
    const json = await cli(['rule', 'list', '--json']);
    expect(JSON.parse(json.out)).toMatchObject([{ id: 'fan', enabled: true }]);
  });

  it('export gives an id to a text that has none, so that it can be applied again', async () => {
    await house.api.rules.save(owner('test'), { id: 'fan', text: 'triggers: []\n' });
    expect((await cli(['rule', 'export', 'fan'])).out).toBe('id: fan\ntriggers: []\n');
  });

  it.each([
    ['enable', true],
    ['disable', false],
  ])('%s switches', async (verb, isEnabled) => {
    await cli(['rule', 'apply', '-'], fan);
    expect(await cli(['rule', verb, 'fan'])).toEqual({ code: 0, out: `${verb}d fan\n`, err: '' });
    expect(house.api.calls.at(-1)).toMatchObject({ what: 'rules.setEnabled', args: ['fan', isEnabled] });
  });

  it('run gives the payload on, JSON as JSON and text as text', async () => {
    await cli(['rule', 'apply', '-'], fan);
    expect((await cli(['rule', 'run', 'fan', '--payload', '{"a":1}', '--skip-conditions'])).out).toBe(
      'run run-1 finished\n',
    );
    expect(house.api.calls.at(-1)?.args).toEqual(['fan', { payload: { a: 1 }, skipConditions: true }]);
    await cli(['rule', 'run', 'fan', '--payload', 'on']);
    expect(house.api.calls.at(-1)?.args).toEqual(['fan', { payload: 'on' }]);
    await cli(['rule', 'run', 'fan']);
    expect(house.api.calls.at(-1)?.args).toEqual(['fan', {}]);
  });

  it('history lists versions and prints one', async () => {
    await cli(['rule', 'apply', '-'], fan);
    await cli(['rule', 'apply', '-'], `# newer\n${fan}`);
    const { out } = await cli(['rule', 'history', 'fan']);
    expect(out).toMatch(/^VERSION +SAVED +BY +NOTE\n2 .*owner\n1 .*owner\n$/);
    expect((await cli(['rule', 'history', 'fan', '--show', '1'])).out).toBe(fan);
    expect((await cli(['rule', 'history', 'fan', '--diff'])).out).toMatch(
      /^# version 2 of \S+ by owner\n# changed name\n@@ -1,1 \+1,1 @@\n-a\n\+b\n\n# version 1 of \S+ by owner\n$/,
    );
  });

  it('delete deletes', async () => {
    await cli(['rule', 'apply', '-'], fan);
    expect(await cli(['rule', 'delete', 'fan'])).toEqual({ code: 0, out: 'deleted fan\n', err: '' });
    expect(house.api.versionsOf.size).toBe(0);
  });

  it('timers list, fire and cancel', async () => {
    for (const argv of [
      ['timers', 'list'],
      ['rule', 'timers'],
    ]) {
      expect((await cli(argv)).out).toMatch(
        /^ID +RULE +KIND +DUE +LEFT +WAITS IN\nrun-1 +fan +run +1970-01-01T00:00:06.000Z +5s +actions\[0\] delay\n$/,
      );
    }
    expect((await cli(['timers', 'fire', 'run-1'])).out).toBe('fired run-1\n');
    expect((await cli(['timers', 'cancel', 'run-1'])).out).toBe('cancelled run-1\n');
    expect(house.api.calls.map(({ what }) => what)).toEqual(['timers.fire', 'timers.cancel']);
  });

  it('state get and list', async () => {
    expect((await cli(['state', 'get', 'a//温 度/%2F'])).out).toBe('21\n');
    expect(house.api.calls.at(-1)).toMatchObject({ what: 'topics.get', args: ['a//温 度/%2F'] });
    const list = await cli(['state', 'list', 'home/+/temperature']);
    expect(list.out).toMatch(/^TOPIC +HEARD +VALUE\nhome\/kitchen\/temperature +\d+d ago +21\n$/);
    expect(house.api.calls.at(-1)?.args).toEqual([{ limit: 1000, prefix: 'home' }]);
    expect(JSON.parse((await cli(['state', 'list', 'home/+/lux', '--json'])).out)).toEqual([]);
    expect(JSON.parse((await cli(['state', 'get', 'a', '--json'])).out)).toEqual(topicView('a'));
  });

  it('rule explain says what became of a rule', async () => {
    const { out } = await cli(['rule', 'explain', 'fan', '--at', '21:04', '--window', '10m']);
    expect(out).toBe(
      '1970-01-01T00:01:00.500Z woken by a 1, but triggers[0].when failed: payload = 1: "1" against 1 (the same, of another type); also conditions[0] failed: mode = 1: "1" against 1\n' +
        '1970-01-01T00:01:00.000Z triggers[1] was not due: next at 1970-01-01T00:01:30.000Z\n' +
        'nothing was ever heard on Home/a; is home/a meant?\n' +
        'until 1970-01-01T00:00:10.000Z it was not there yet\n' +
        '1970-01-01T00:00:20.000Z to 1970-01-01T00:00:30.000Z the house was down\n' +
        'since 1970-01-01T00:00:40.000Z lamp, which speaks on a, was away\n',
    );
    expect(house.api.calls.at(-1)?.args).toEqual(['fan', { at: '21:04', window: '10m' }]);
    expect(await cli(['rule', 'explain', 'fan'])).toMatchObject({ code: 2 });
  });

  it('rule run --dry-run says what a rule or a file would do', async () => {
    const dry = ['--dry-run', '--message', 'a={"x":1}'];
    const { out, code } = await cli(['rule', 'run', 'fan', ...dry, '--at', '-1h']);
    expect([code, out]).toEqual([
      0,
      [
        'would be finished, in 120 s',
        '  run r0 of hall waits since 1970-01-01T00:00:00.500Z: superseded after 0 s',
        `${'+0.000s'.padStart(12)} publish lamp/set ON`,
        `${'+120.000s'.padStart(12)} publish lamp/set OFF`,
        '',
      ].join('\n'),
    ]);
    const trigger = { message: { topic: 'a', payload: { x: 1 } } };
    expect(house.api.calls.at(-1)).toMatchObject({
      what: 'inquiries.dryRun',
      args: ['fan', { trigger, at: '-1h' }],
    });
    await cli(['rule', 'run', file('draft.yaml', fan), ...dry]);
    expect(house.api.calls.at(-1)?.args).toEqual(['fan', { source: fan, trigger }]);
    const wrong = await cli(['rule', 'run', 'hot', '--dry-run', '--trigger', 'x']);
    expect([wrong.code, wrong.err]).toEqual([2, 'homerule: wrong-usage: --trigger takes a whole number\n']);
    const bad = await cli(['rule', 'run', file('bad.yaml', 'id: x\n'), '--dry-run']);
    expect(bad).toMatchObject({ code: 1, err: expect.stringContaining('bad.yaml is no rule') });
  });

  it('state why tells the links back to the outside', async () => {
    const { out } = await cli(['state', 'why', 'lamp', '--path', 'on', '--at', '21:04']);
    expect(out.split('\n').map((line) => line.replace(/^\S+Z +/, ''))).toEqual([
      'ON, for 1s',
      'AT                        LINK     WHAT',
      'report   lamp ON: lamp-1 reports what it was told',
      'message  lamp/set ON: rule by fan',
      'run      rule fan version 2, woken by triggers[0] (message), actions[0]',
      'message  press 1: api by anna',
      '→ the user anna',
      '',
    ]);
    expect(house.api.calls.at(-1)?.args).toEqual([{ topic: 'lamp', path: 'on', at: '21:04' }]);
    expect((await cli(['state', 'why', 'on', '--device', 'lamp', '--json'])).code).toBe(0);
    expect(house.api.calls.at(-1)?.args).toEqual([{ device: 'lamp', property: 'on' }]);
  });

  it.each([
    [['rule', 'show', 'nobody'], 'homerule: rule-missing: there is no rule "nobody"\n'],
    [['rule', 'run', 'a/b?c'], 'homerule: rule-missing: there is no rule "a/b?c"\n'],
    [['timers', 'fire', 'nobody'], 'homerule: timer-missing: there is no timer "nobody"\n'],
    [['state', 'get', 'nobody'], 'homerule: topic-missing: there is no topic "nobody"\n'],
  ])('%j tells the problem and exits with 1', async (argv, err) => {
    expect(await cli(argv)).toEqual({ code: 1, out: '', err });
    const json = await cli([...argv, '--json']);
    expect(JSON.parse(json.err)).toMatchObject({ code: expect.stringMatching(/-missing$/) });
  });

  it('reach the house at a URL', async () => {
    const { code, out } = await invoke(['rule', 'list', '--json', '--url', house.url]);
    expect({ code, out }).toEqual({ code: 0, out: '[]\n' });
  });
});

describe('without a house', () => {
  it('exits with 3 and says how to start one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homerule-empty-'));
    expect(await invoke(['rule', 'list', '--data', folder])).toEqual({
      code: 3,
      out: '',
      err: `homerule: not-running: no Homerule is running on ${folder} (start it with \`homerule start\`)\n`,
    });
    rmSync(folder, { recursive: true });
  });

  it('exits with 3 when nobody answers at the URL, with 2 when it is none', async () => {
    expect((await invoke(['timers', 'list', '--url', 'http://127.0.0.1:1'])).code).toBe(3);
    expect((await invoke(['timers', 'list', '--url', 'nonsense'])).code).toBe(2);
  });

  it('says when something else answers, and sends the token it was given', async () => {
    let header: string | undefined;
    const server = createServer((request, response) => {
      header = request.headers.authorization;
      response.end('<html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const argv = ['rule', 'list', '--url', `http://127.0.0.1:${port}`, '--token', 'secret'];
    expect(await invoke(argv)).toMatchObject({ code: 1, err: expect.stringContaining('bad-answer') });
    expect(header).toBe('Bearer secret');
    await new Promise((resolve) => server.close(resolve));
  });
});
