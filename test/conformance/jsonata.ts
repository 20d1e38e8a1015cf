// Runs the JSONata test suite against the compiler: `node test/conformance/jsonata.ts --suite DIR [--verbose]`.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { compileExpression, ExpressionError, emptyHome, type Scope } from '../../src/expression/index.ts';

/** The suite of 2.2.2 has this many; fewer means that files were overlooked. */
const expectedCases = 1_686;

interface SuiteCase {
  readonly name: string;
  readonly expr?: string;
  readonly 'expr-file'?: string;
  readonly data?: unknown;
  readonly dataset?: string | null;
  readonly bindings?: Record<string, unknown>;
  readonly result?: unknown;
  readonly undefinedResult?: boolean;
  readonly code?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly unordered?: boolean;
}

/** Where we differ on purpose; see src/expression/README.md. */
const deviations = new Map<string, string>([
  ['comparison-operators/case009#0', 'null counts as missing in an order comparison'],
  ['tail-recursion/case002#0', 'U1001 comes from hooks of the suite, our depth counts calls'],
  ['tail-recursion/case005#0', 'U1001 comes from hooks of the suite, ours is D1011'],
  ['tail-recursion/case006#0', 'U1001 comes from hooks of the suite, ours is D1012'],
]);

type Outcome = 'passed' | 'failed' | 'not supported';

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function casesOf(suite: string): SuiteCase[] {
  const groups = join(suite, 'groups');
  return readdirSync(groups).flatMap((group) =>
    readdirSync(join(groups, group))
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => {
        const read = readJson(join(groups, group, file));
        const list = (Array.isArray(read) ? read : [read]) as SuiteCase[];
        return list.map((one, index) => ({
          ...one,
          name: `${group}/${basename(file, '.json')}#${index}`,
          expr: one.expr ?? readFileSync(join(groups, group, one['expr-file'] ?? ''), 'utf8'),
        }));
      }),
  );
}

function scopeOf(suite: string, one: SuiteCase): Scope {
  const data = one.dataset ? readJson(join(suite, 'datasets', `${one.dataset}.json`)) : one.data;
  return { values: [data], read: () => undefined, at: 1_767_616_245_000, home: emptyHome, seed: 1 };
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function isSame(one: SuiteCase, value: unknown): boolean {
  if (one.undefinedResult) return value === undefined;
  if (!('result' in one)) return false;
  const sorted = (list: unknown): unknown =>
    one.unordered && Array.isArray(list) ? list.map((item) => JSON.stringify(item)).sort() : list;
  return isDeepStrictEqual(sorted(plain(value)), sorted(plain(one.result)));
}

/** Bindings of a case are written as variables around its expression. */
function sourceOf({ expr = '', bindings = {} }: SuiteCase): string {
  const binds = Object.entries(bindings).map(([name, value]) => `$${name} := ${JSON.stringify(value)}; `);
  return binds.length === 0 ? expr : `(${binds.join('')}${expr})`;
}

function judge(suite: string, one: SuiteCase): { outcome: Outcome; note: string } {
  const wanted = one.code ?? one.error?.code;
  const { expression, problems } = compileExpression(sourceOf(one), {
    budget: { steps: 50_000_000, bytes: 1 << 30, depth: 400 },
  });
  const notYet = problems.find(({ code }) => code === 'not-supported');
  if (notYet !== undefined) return { outcome: 'not supported', note: notYet.message };
  if (expression === undefined) {
    const codes = problems.map(({ code }) => code).join(' ');
    return {
      outcome: codes.includes(wanted ?? '-') ? 'passed' : 'failed',
      note: `${codes}, wanted ${wanted}`,
    };
  }
  try {
    const value = expression.evaluate(scopeOf(suite, one));
    const isRight = wanted === undefined && isSame(one, value);
    return {
      outcome: isRight ? 'passed' : 'failed',
      note: `${JSON.stringify(value)}, wanted ${wanted ?? JSON.stringify(one.result)}`,
    };
  } catch (thrown) {
    const code = thrown instanceof ExpressionError ? thrown.code : String(thrown);
    return {
      outcome: code === wanted ? 'passed' : 'failed',
      note: `${code}, wanted ${wanted ?? JSON.stringify(one.result)}`,
    };
  }
}

function main(): void {
  const { values } = parseArgs({ options: { suite: { type: 'string' }, verbose: { type: 'boolean' } } });
  if (values.suite === undefined) throw new Error('usage: node test/conformance/jsonata.ts --suite DIR');
  const cases = casesOf(values.suite);
  const counts: Record<Outcome | 'deviating', number> = {
    passed: 0,
    failed: 0,
    'not supported': 0,
    deviating: 0,
  };
  for (const one of cases) {
    const { outcome, note } = judge(values.suite, one);
    const isDeviation = outcome === 'failed' && deviations.has(one.name);
    counts[isDeviation ? 'deviating' : outcome]++;
    const isShown = outcome === 'failed' ? !isDeviation : outcome === 'not supported' && values.verbose;
    if (isShown)
      console.log(`${outcome}: ${one.name}\n  ${one.expr?.slice(0, 200)}\n  ${note.slice(0, 300)}`);
  }
  if (cases.length < expectedCases) console.log(`only ${cases.length} of ${expectedCases} cases were found`);
  const { passed, failed, deviating } = counts;
  const compiled = cases.length - counts['not supported'];
  console.log(
    `${compiled} of ${cases.length} cases ran compiled, ${counts['not supported']} are not supported`,
  );
  console.log(`${deviating} deviate on purpose (src/expression/README.md)`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || cases.length < expectedCases ? 1 : 0;
}

main();
