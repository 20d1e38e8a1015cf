// Use cases about what rules would have done: over the record of the house, in virtual time. Nothing leaves the house.
import { type Clock, parseDuration } from '../base/index.ts';
import { type CompiledRule, checkText, type HomeSettings } from '../rules/index.ts';
import type { BacktestsApi } from './api.ts';
import type { BacktestPort, BacktestTask, RuleText } from './backtest-task.ts';
import type { BacktestEvent, BacktestRequest, BacktestView } from './contract.ts';
import { fail } from './errors.ts';
import { pastInstant } from './instant.ts';
import type { RuleStore } from './ports.ts';
import { invalid } from './rule-faults.ts';

interface RulesInForce {
  /** By id. */
  texts(): readonly RuleText[];
  list(): readonly { readonly id: string; readonly enabled: boolean }[];
}

export interface BacktestsHouse {
  readonly rules: RulesInForce;
  readonly store: Pick<RuleStore, 'versionsOf'>;
  readonly home: HomeSettings;
  readonly clock: Clock;
  readonly backtest: BacktestPort;
}

const usualWindow = '5m';

export class Backtests implements BacktestsApi {
  readonly #house: BacktestsHouse;

  constructor(house: BacktestsHouse) {
    this.#house = house;
  }

  async *run(id: string, request: BacktestRequest, gone?: AbortSignal): AsyncGenerator<BacktestEvent> {
    const task = await this.#task(id, request);
    const abort = new AbortController();
    const signal = gone === undefined ? abort.signal : AbortSignal.any([abort.signal, gone]);
    const progress = new Progress();
    const { rule, against } = task;
    const done = this.#house.backtest
      .run(task, { signal, progress: (share) => progress.tell(share) })
      .finally(() => progress.end());
    done.catch(() => undefined); // heard of below, when all that was told of it is
    try {
      yield { progress: 0 };
      for await (const share of progress) yield { progress: share };
      const result = await done;
      const view: BacktestView = { rule: rule.id, version: rule.version, ...result };
      yield { result: against === undefined ? view : { ...view, against: versionOf(against) } };
    } finally {
      abort.abort(fail('backtest-failed', 'nobody waits for the backtest any more'));
    }
  }

  async #task(id: string, request: BacktestRequest): Promise<BacktestTask> {
    const { clock, rules } = this.#house;
    const now = clock.now();
    const from = pastInstant(request.from, this.#house);
    const to = Math.min(now, request.to === undefined ? now : pastInstant(request.to, this.#house));
    if (from >= to)
      throw fail('bad-range', 'the time of a backtest must begin before it ends, and before now');
    const rule = await this.#tested(id, request);
    const against = await this.#against(rule.id, request.against);
    const on = new Set(rules.list().flatMap((each) => (each.enabled ? [each.id] : [])));
    const compiled = [rule, ...(typeof against === 'object' ? [against] : [])].map((text) =>
      this.#compiled(text),
    );
    return {
      from,
      to,
      windowMs: parseDuration(request.window ?? usualWindow),
      rule,
      ...(against !== undefined && { against }),
      others: rules.texts().filter((other) => other.id !== rule.id && on.has(other.id)),
      past: compiled.flatMap(({ watched }) =>
        watched.flatMap(({ topic, path = '', keepMs }) =>
          keepMs === undefined ? [] : [{ topic, path, keepMs }],
        ),
      ),
    };
  }

  #tested(id: string, { source, version }: BacktestRequest): RuleText | Promise<RuleText> {
    if (source === undefined) return version === undefined ? this.#current(id) : this.#version(id, version);
    const current = this.#house.rules.texts().find((each) => each.id === id);
    if (current?.source === source) return current;
    const { rule, problems } = checkText(source, { version: 0, home: this.#house.home });
    if (rule === undefined) throw invalid(problems);
    if (rule.id !== id) throw fail('id-mismatch', `the address says "${id}", the document says "${rule.id}"`);
    return { id, version: 0, source };
  }

  async #against(id: string, against: BacktestRequest['against']): Promise<BacktestTask['against']> {
    if (against === undefined || against === 'off') return against;
    return against === 'current' ? this.#current(id) : this.#version(id, against);
  }

  #current(id: string): RuleText {
    const found = this.#house.rules.texts().find((each) => each.id === id);
    if (found === undefined) throw fail('rule-missing', `there is no rule "${id}"`);
    return found;
  }

  async #version(id: string, version: number): Promise<RuleText> {
    const row = (await this.#house.store.versionsOf(id)).find((each) => each.version === version);
    if (row === undefined) throw fail('version-missing', `rule "${id}" has no version ${version}`);
    return { id, version, source: row.source };
  }

  #compiled({ source, version }: RuleText): CompiledRule {
    const { rule, problems } = checkText(source, { version, home: this.#house.home });
    if (rule === undefined) throw invalid(problems);
    return rule;
  }
}

function versionOf(against: RuleText | 'off'): number | 'off' {
  return against === 'off' ? against : against.version;
}

/** The latest share that was told, for who takes them one by one. */
class Progress implements AsyncIterable<number> {
  #latest: number | undefined;
  #isEnded = false;
  #wake: () => void = () => undefined;

  tell(share: number): void {
    this.#latest = share;
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    while (!this.#isEnded) {
      const share = this.#latest;
      this.#latest = undefined;
      if (share !== undefined) yield share;
      else await this.#next();
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
