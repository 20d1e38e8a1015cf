import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger, prettyLine } from '../../src/cli/logger.ts';
import { problemLine, problemLines } from '../../src/cli/problems.ts';
import { ago, roughly } from '../../src/cli/spoken.ts';
import { tableLines, widthOf } from '../../src/cli/table.ts';

describe('tables', () => {
  it('align their columns, Chinese names too', () => {
    const rows = [
      ['fan', '风扇', 'on'],
      ['hallway-light', 'Flur', 'off'],
    ];
    expect(tableLines(['ID', 'NAME', 'STATE'], rows)).toEqual([
      'ID             NAME  STATE',
      'fan            风扇  on',
      'hallway-light  Flur  off',
    ]);
  });

  it('keep a line a line', () => {
    expect(tableLines(['A', 'B'], [['x\ny', 'tab\there']])).toEqual(['A    B', 'x y  tab here']);
  });

  it.each([
    ['abc', 3],
    ['温度', 4],
    ['カ゛', 4],
    ['e\u0301', 1],
    ['🏠', 2],
    ['', 0],
  ])('count %j as %i cells', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });
});

describe('spans', () => {
  it.each([
    [0, '0s'],
    [999, '0s'],
    [59_999, '59s'],
    [3_599_000, '59m'],
    [90_000_000, '1d'],
    [-7_300_000, '-2h'],
  ])('%i ms is %s', (ms, text) => {
    expect(roughly(ms)).toBe(text);
  });

  it('never lie in the future', () => {
    expect(ago(2000, 1000)).toBe('0s ago');
  });
});

describe('problem lines', () => {
  const problem = {
    path: 'triggers[0].mesage',
    code: 'unknown-key',
    message: 'unknown key',
    severity: 'error',
  } as const;

  it('hold path, code, place, words and guess', () => {
    const full = { ...problem, line: 3, column: 5, suggestion: 'message' };
    expect(problemLine(full)).toBe('triggers[0].mesage unknown-key 3:5 unknown key (did you mean message?)');
    expect(problemLine(full, 11)).toContain(' 13:5 ');
  });

  it('keep their columns without path or place', () => {
    expect(problemLine({ ...problem, path: '' })).toBe('document unknown-key - unknown key');
  });

  it('are made only of problems', () => {
    expect(problemLines([problem, null, 'x', { code: 1 }])).toHaveLength(1);
    expect(problemLines(undefined)).toEqual([]);
  });
});

describe('the log', () => {
  const written = (format: 'pretty' | 'json', level: 'info' | 'debug'): string[] => {
    const lines: string[] = [];
    const stream = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    const log = createLogger({ level, format }, stream);
    log.debug({}, 'small');
    log.warn({ client: 'lamp 1', bytes: 70_000 }, 'message dropped');
    return lines;
  };

  it('is one line for people', () => {
    const [line, ...more] = written('pretty', 'info');
    expect(line).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d warn {2}message dropped {2}client="lamp 1" bytes=70000\n$/,
    );
    expect(more).toEqual([]);
  });

  it('is JSON for programs, from the level asked', () => {
    const records = written('json', 'debug').map((line): unknown => JSON.parse(line));
    expect(records).toMatchObject([
      { level: 20, msg: 'small' },
      { level: 40, msg: 'message dropped', client: 'lamp 1' },
    ]);
  });

  it('keeps a message of several lines on one', () => {
    expect(prettyLine(JSON.stringify({ level: 50, time: 0, msg: 'x', stack: 'a\n  b' }))).toMatch(
      / error x {2}stack="a\\n {2}b"\n$/,
    );
  });
});
