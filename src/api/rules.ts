// Use cases about rules: save, look, switch, run, go back to an older version. Every save is a version, kept whole.
import type { Clock, Ids } from '../base/index.ts';
import { maxNesting, nestsDeeperThan } from '../devices/index.ts';
import {
  type CheckedText,
  checkText,
  type HomeSettings,
  headOf,
  type LiveEngine,
  listKinds,
  type RuleLibrary,
  type RuleRow,
  type RuleVersionRow,
  type ShadowLedger,
} from '../rules/index.ts';
import { sourceOf } from './access/source.ts';
import { type Analyses, problemsOf } from './analyses.ts';
import type { Actor, RulesApi, SaveOptions } from './api.ts';
import type {
  AnalysisView,
  CheckView,
  KindsView,
  RollbackRequest,
  RuleOutline,
  RuleSummary,
  RuleVersionView,
  RuleView,
  RunRequest,
  RunView,
  TranslatedRuleView,
  TranslationView,
} from './contract.ts';
import { fail } from './errors.ts';
import type { Hooks } from './hooks.ts';
import type { RuleStore } from './ports.ts';
import { checkVersion, invalid } from './rule-faults.ts';
import type { RuleTests } from './rule-tests.ts';
import type { Runs } from './runs.ts';
import type { TraceStore } from './trace-port.ts';
import { KeptRules } from './versions/kept-rules.ts';
import { outlineOf } from './versions/outline.ts';
import { parsed, versionView } from './versions/rule-versions.ts';
import { runSummaryOf } from './views.ts';
import type { Watchers } from './watchers.ts';

/** Traces looked through at a start for the last one of each rule. */
const recalledTraces = 1000;

export interface RulesHouse {
  readonly live: LiveEngine;
  readonly library: RuleLibrary;
  readonly store: RuleStore;
  readonly home: HomeSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly runs: Runs;
  readonly watchers: Watchers;
  readonly hooks: Hooks;
  readonly analyses: Analyses;
  readonly tests: Pick<RuleTests, 'demand'>;
  readonly shadows: Pick<ShadowLedger, 'deleteRule'>;
  /** Of Home Assistant. Throws `bad-config`. */
  translate(text: string): readonly TranslatedRuleView[];
}

export class Rules implements RulesApi {
  readonly #house: RulesHouse;
  readonly #kept: KeptRules;
  /** Made when somebody asks: a start needs none of it. */
  #kinds: KindsView | undefined;
  readonly #outlines = new WeakMap<RuleVersionRow, RuleOutline>();

  constructor(house: RulesHouse) {
    this.#house = house;
    this.#kept = new KeptRules(house);
  }

  /** At start: rules as they were left. Returns the ids of those that this program no longer understands; they stay, but do not run. */
  load(rules: readonly RuleRow[], versions: readonly RuleVersionRow[]): readonly string[] {
    const { library, live, clock } = this.#house;
    const byKey = new Map(versions.map((row) => [`${row.rule}@${row.version}`, row]));
    // Versions that only waiting runs still need are compiled too.
    for (const row of versions) library.load(row);
    const failed: string[] = [];
    for (const row of rules) {
      const version = byKey.get(`${row.id}@${row.version}`);
      if (version !== undefined) this.#kept.load({ row, version });
      const rule = library.find(row.id, row.version);
      if (rule === undefined) failed.push(row.id);
      else {
        live.engine.book.put(rule, row.enabled, clock.now());
        this.#house.analyses.put(row);
      }
    }
    return failed;
  }

  /** After a start: what each rule did last, so that its age and outcome are shown at once. */
  async recall(traces: TraceStore): Promise<void> {
    for (const trace of await traces.recent({ limit: recalledTraces })) {
      const state = this.#house.live.engine.book.find(trace.rule);
      if (state !== undefined) state.last ??= headOf(trace);
    }
  }

  get size(): number {
    return this.#kept.size;
  }

  list(): readonly RuleSummary[] {
    return this.#kept.ids().map((id) => this.summary(id));
  }

  /** Every rule in force as its author wrote it, by id. */
  texts(): readonly { readonly id: string; readonly version: number; readonly source: string }[] {
    return this.#kept.ids().map((id) => {
      const { row, version } = this.#kept.get(id);
      return { id, version: row.version, source: version.source };
    });
  }

  /** As its author wrote it. Throws `rule-missing`. */
  sourceOf(id: string): string {
    return this.#kept.get(id).version.source;
  }

  /** Likewise, with its version. */
  findText(id: string): { readonly version: number; readonly source: string } | undefined {
    const found = this.#kept.find(id);
    return found && { version: found.row.version, source: found.version.source };
  }

  async get(id: string): Promise<RuleView> {
    return this.#view(id);
  }

  kinds(): KindsView {
    this.#kinds ??= listKinds();
    return this.#kinds;
  }

  check(text: string): CheckView {
    const checked = checkText(text, { version: 0, home: this.#house.home });
    const { rule, problems } = checked;
    if (rule === undefined) return { problems, findings: [] };
    const findings = this.#house.analyses.check(rule, this.#enabledAs(checked, rule.id));
    return {
      rule: { id: rule.id, name: rule.name },
      problems: [...problems, ...problemsOf(findings, checked)],
      findings,
    };
  }

  translate(text: string): TranslationView {
    return { items: this.#house.translate(text) };
  }

  analysis(): Promise<AnalysisView> {
    return this.#house.analyses.whole();
  }

  async save(actor: Actor, options: SaveOptions): Promise<RuleView> {
    const { clock, home, library, live } = this.#house;
    const probe = checkText(options.text, { version: 0, home });
    if (probe.rule === undefined) throw invalid(probe.problems);
    if (options.force !== true && probe.tests.length > 0) await this.#house.tests.demand(probe);
    const { id } = probe.rule;
    if (options.id !== undefined && options.id !== id)
      throw fail('id-mismatch', `the address says "${options.id}", the document says "${id}"`);
    const newest = await this.#kept.newest(id);
    const known = this.#kept.find(id);
    checkVersion(id, known?.row.version ?? 0, options.ifVersion);
    const version = Math.max(newest, known?.row.version ?? 0) + 1;
    const rule = { ...probe.rule, version };
    const enabled = this.#enabledAs(probe, id);
    const row = { id, version, enabled };
    const versionRow = {
      rule: id,
      version,
      source: options.text,
      document: JSON.stringify(probe.document),
      author: actor.name,
      note: options.note ?? '',
      savedAt: clock.now(),
    };
    library.add(rule);
    const webhooks = this.#house.hooks.makeSecrets(rule);
    this.#kept.save({ row, version: versionRow });
    this.#house.analyses.put(row);
    live.decide({
      kind: 'rule',
      at: clock.now(),
      rule: id,
      version,
      change: 'saved',
      enabled,
      by: actor.name,
    });
    // Made before others can change the rule: the answer and its version are of what was saved here.
    const hasNewSecrets = webhooks.length > 0;
    const findings = this.#house.analyses.findingsOf(id);
    const saved = this.#view(id, hasNewSecrets ? undefined : probe);
    const problems = [...saved.problems, ...problemsOf(findings, probe)];
    const view = { ...saved, problems, findings, ...(hasNewSecrets && { webhooks }) };
    this.#kept.unload(id);
    await this.#committed();
    this.#tell(id, 'saved');
    await this.#kept.prune(id);
    return view;
  }

  async delete(actor: Actor, id: string, ifVersion?: number): Promise<void> {
    const { live, clock, watchers } = this.#house;
    const { row } = this.#kept.get(id);
    checkVersion(id, row.version, ifVersion);
    live.decide({
      kind: 'rule',
      at: clock.now(),
      rule: id,
      version: row.version,
      change: 'deleted',
      enabled: false,
      by: actor.name,
    });
    this.#kept.delete(id);
    this.#house.analyses.delete(id);
    this.#house.shadows.deleteRule(id);
    await this.#committed();
    watchers.tell('rules', id, () => ({ change: 'deleted', id }));
  }

  async setEnabled(actor: Actor, id: string, isEnabled: boolean): Promise<RuleSummary> {
    const { live, clock } = this.#house;
    const row = this.#kept.switch(id, isEnabled);
    this.#house.analyses.put(row);
    const change = isEnabled ? 'enabled' : 'disabled';
    live.decide({
      kind: 'rule',
      at: clock.now(),
      rule: id,
      version: row.version,
      change,
      enabled: isEnabled,
      by: sourceOf(actor).by,
    });
    const summary = this.summary(id);
    await this.#committed();
    this.#tell(id, change);
    return summary;
  }

  /** The engine switched a rule because another one wanted it. */
  keepSwitched(id: string, isEnabled: boolean): void {
    if (!this.has(id)) return;
    this.#house.analyses.put(this.#kept.switch(id, isEnabled));
    this.#tell(id, isEnabled ? 'enabled' : 'disabled');
  }

  async run(actor: Actor, id: string, request: RunRequest): Promise<RunView> {
    const { live, clock, ids, runs } = this.#house;
    if (live.engine.book.find(id) === undefined)
      throw fail('rule-missing', `there is no rule "${id}" that could run`);
    if (nestsDeeperThan(request.payload, maxNesting))
      throw fail('bad-payload', `the payload nests deeper than ${maxNesting} levels`);
    const run = ids.next();
    const command = {
      do: 'run' as const,
      rule: id,
      run,
      payload: request.payload,
      skipConditions: request.skipConditions === true,
    };
    live.decide({ kind: 'command', at: clock.now(), command, ...sourceOf(actor) });
    return runs.get(run);
  }

  async versions(id: string): Promise<readonly RuleVersionView[]> {
    this.#kept.get(id);
    const rows = await this.#house.store.versionsOf(id);
    return rows.map((row, index) => versionView(row, rows[index - 1])).reverse();
  }

  async version(id: string, version: number): Promise<RuleVersionView> {
    const rows = await this.#house.store.versionsOf(id);
    const index = rows.findIndex((each) => each.version === version);
    const row = rows[index];
    if (row === undefined) throw fail('version-missing', `rule "${id}" has no version ${version}`);
    return { ...versionView(row, rows[index - 1]), source: row.source };
  }

  async rollback(actor: Actor, id: string, request: RollbackRequest, ifVersion?: number): Promise<RuleView> {
    const { version, note = `back to version ${version}` } = request;
    const { source = '' } = await this.version(id, version);
    return this.save(actor, {
      id,
      text: source,
      note,
      force: true,
      ...(ifVersion !== undefined && { ifVersion }),
    });
  }

  /** For lists and the live channel. */
  summary(id: string): RuleSummary {
    const { row, version } = this.#kept.get(id);
    const state = this.#house.live.engine.book.find(id);
    const head = state?.rule;
    const last = state?.last;
    return {
      id,
      name: head?.name ?? id,
      description: head?.description ?? '',
      labels: head?.labels ?? [],
      enabled: row.enabled,
      ...(head?.isShadow === true && { shadow: true }),
      mode: head?.mode ?? 'single',
      version: row.version,
      savedAt: version.savedAt,
      ...(head !== undefined && { outline: this.#outline(version) }),
      counters: state?.counters ?? {},
      waiting: state?.activeCount ?? 0,
      breaker: state?.breaker.stateAt(this.#house.clock.now()) ?? 'closed',
      ...(last !== undefined && { last: runSummaryOf(last) }),
    };
  }

  /**
   * Functions of these names came, changed or went: rules that name one are read anew. One that can no longer be read is
   * out of force, with what its triggers hold, until it can be. Gives those.
   */
  reread(functions: ReadonlySet<string>): readonly string[] {
    const names = [...functions].map((name) => `$${name}`);
    const using = this.texts().filter(({ source }) => names.some((name) => source.includes(name)));
    return using.flatMap(({ id }) => (this.#reread(id) ? [] : [id]));
  }

  #reread(id: string): boolean {
    const { library, live, clock, analyses } = this.#house;
    const { row, version } = this.#kept.get(id);
    const isRead = library.load(version) !== undefined;
    if (isRead) analyses.put(row);
    else analyses.delete(id);
    const change = isRead ? 'saved' : 'suspended';
    const { enabled } = row;
    live.told({ kind: 'rule', at: clock.now(), rule: id, version: row.version, change, enabled, by: '' });
    this.#tell(id, enabled ? 'enabled' : 'disabled');
    return isRead;
  }

  has(id: string): boolean {
    return this.#kept.has(id);
  }

  /** `checked`: the text of its version, if it was just looked at. */
  /** Made once for each version: a summary goes out with every run. */
  #outline(version: RuleVersionRow): RuleOutline {
    const known = this.#outlines.get(version);
    if (known !== undefined) return known;
    const made = outlineOf(parsed(version.document));
    this.#outlines.set(version, made);
    return made;
  }

  #view(id: string, checked?: CheckedText): RuleView {
    const { version } = this.#kept.get(id);
    const { home } = this.#house;
    const { problems, document } = checked ?? checkText(version.source, { version: version.version, home });
    const plain = typeof document === 'object' && document !== null ? { ...document } : {};
    return { ...this.summary(id), source: version.source, document: plain, problems };
  }

  /** What a document says, else as the rule is now. */
  #enabledAs({ document }: { readonly document: unknown }, id: string): boolean {
    return enabledOf(document) ?? this.#kept.find(id)?.row.enabled ?? true;
  }

  #committed(): Promise<void> {
    const { commits } = this.#house.store;
    return new Promise((resolve) => commits.whenCommitted(commits.open, resolve));
  }

  #tell(id: string, change: 'saved' | 'enabled' | 'disabled'): void {
    if (this.has(id)) this.#house.watchers.tell('rules', id, () => ({ change, rule: this.summary(id) }));
  }
}

function enabledOf(document: unknown): boolean | undefined {
  const value: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'enabled') : undefined;
  return typeof value === 'boolean' ? value : undefined;
}
