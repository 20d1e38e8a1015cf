// The suite that aedes-persistence offers to every persistence of aedes, run against ours with rows behind it.
import assert from 'node:assert';
import { createRequire } from 'node:module';
import { afterAll, describe, expect, test } from 'vitest';
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { BrokerCounters } from '../../src/broker/counters.ts';
import { defaultLimits } from '../../src/broker/index.ts';
import { RetainedStore } from '../../src/broker/persistence/retained-store.ts';
import { SessionStore } from '../../src/broker/persistence/session-store.ts';
import { RetainedRowsDouble } from '../support/broker.ts';
import { PromptCommits } from '../support/commits.ts';
import { SessionTablesDouble } from '../support/session-tables.ts';

/** What the suite uses of the context of `node:test`. */
interface Context {
  readonly assert: typeof assert;
  plan(count: number): void;
  diagnostic(text: string): void;
}

type Body = (context: Context) => Promise<void>;

interface SuiteOptions {
  readonly test: (name: string, body: Body) => void;
  readonly persistence: () => SessionStore;
  readonly testAsync: boolean;
}

// It comes along with aedes and has no types.
const aedesRequire = createRequire(createRequire(import.meta.url).resolve('aedes'));
const suite = aedesRequire('aedes-persistence/abstract.js') as (options: SuiteOptions) => void;

function makeStore(): SessionStore {
  const clock = new SystemClock();
  const common = { clock, log: silentLogger, limits: defaultLimits, counters: new BrokerCounters() };
  return new SessionStore({
    ...common,
    retained: new RetainedStore({ ...common, rows: new RetainedRowsDouble(), mayStay: () => true }),
    tables: new SessionTablesDouble(),
    commits: new PromptCommits(),
    keepaliveOf: () => 0,
    mayQueue: () => true,
    userOf: () => '',
    mayPublishLater: () => true,
  });
}

/** `assert` that counts, so that a plan can be kept. */
function countingAssert(onCall: () => void): typeof assert {
  return new Proxy(assert, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...values: unknown[]): unknown => {
        onCall();
        return Reflect.apply(found, target, values);
      };
    },
  });
}

async function run(body: Body): Promise<void> {
  let planned: number | undefined;
  let made = 0;
  await body({
    assert: countingAssert(() => {
      made++;
    }),
    plan: (count) => {
      planned = count;
    },
    diagnostic: () => undefined,
  });
  if (planned !== undefined) expect(made).toBe(planned);
}

describe('the abstract suite of aedes-persistence', () => {
  let count = 0;
  suite({
    testAsync: true,
    persistence: makeStore,
    test: (name, body) => {
      count++;
      test(name, () => run(body));
    },
  });

  afterAll(() => console.log(`${count} tests of the abstract suite`));
});
