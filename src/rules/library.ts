// Compiled versions of rules: the one in force of each, and older ones that waiting runs still finish on.
import type { HomeSettings } from './compile/context.ts';
import { type CompiledRule, compileRule } from './compile/rule.ts';
import type { RuleVersionRow } from './ports.ts';

export class RuleLibrary {
  readonly #home: HomeSettings;
  readonly #versions = new Map<string, Map<number, CompiledRule>>();

  constructor(home: HomeSettings) {
    this.#home = home;
  }

  find(rule: string, version: number): CompiledRule | undefined {
    return this.#versions.get(rule)?.get(version);
  }

  add(rule: CompiledRule): void {
    const versions = this.#versions.get(rule.id) ?? new Map<number, CompiledRule>();
    versions.set(rule.version, rule);
    this.#versions.set(rule.id, versions);
  }

  /** Compiles a kept version; undefined when this program no longer understands it, or nobody could. */
  load(row: RuleVersionRow): CompiledRule | undefined {
    const { rule } = compileRule(documentOf(row), { version: row.version, home: this.#home });
    if (rule !== undefined) this.add(rule);
    return rule;
  }

  /** Forgets versions that nothing needs. */
  keepOnly(rule: string, needed: ReadonlySet<number>): void {
    const versions = this.#versions.get(rule);
    for (const version of versions?.keys() ?? []) if (!needed.has(version)) versions?.delete(version);
    if (versions?.size === 0) this.#versions.delete(rule);
  }
}

/** A damaged one is no document: that rule alone does not run. */
function documentOf(row: RuleVersionRow): unknown {
  try {
    return JSON.parse(row.document);
  } catch {
    return undefined;
  }
}
