import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/program.ts';
import { invoke } from './invoke.ts';

describe('every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s has help with an example',
    async (name, command) => {
      const { code, out } = await invoke([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: homerule ${name}`);
      expect(out).toContain('Example:');
      expect(out).toContain('--json');
      expect(command.example).toContain(`homerule ${name}`);
    },
  );

  it('is listed once', () => {
    const names = commands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('wrong usage', () => {
  it.each([
    [['nope'], "unknown command 'nope'"],
    [['strat'], 'Did you mean start?'],
    [['rule', 'lst'], 'Did you mean list?'],
    [['rule', 'show'], "missing required argument 'id'"],
    [['rule', 'list', 'extra'], 'too many arguments'],
    [['state', 'get'], "missing required argument 'topic-or-device'"],
    [['sub', '--nope'], "unknown option '--nope'"],
    [['state', 'list', 'a/#/b'], '# must be the last level'],
    [[], 'Usage: homerule'],
  ])('%j exits with 2', async (argv, words) => {
    expect(await invoke(argv)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
  });

  it.each([['--help'], ['--version']])('%s is no mistake', async (flag) => {
    expect(await invoke([flag])).toMatchObject({ code: 0, err: '' });
  });
});
