// What is wrong with the rules of a house as a whole: kept up to date rule by rule, asked on a save and on demand. Looks
// on only; nothing here refuses a rule.
import type { CompiledRule } from '../compile/rule.ts';
import type { Trigger } from '../triggers/kind.ts';
import { conflictsOf } from './conflicts.ts';
import { deadTriggers } from './dead.ts';
import { portraitOf } from './draw.ts';
import type { AnalysisFinding } from './finding.ts';
import type { RuleGraph } from './graph.ts';
import { Links } from './links.ts';
import { allLoops, loopsThrough } from './loops.ts';
import { missingDevices, missingRules } from './missing.ts';
import { graphOf } from './picture.ts';
import { type Portrait, wakesOf } from './portrait.ts';
import type { AnalysisHouse } from './ports.ts';
import { Reach } from './reach.ts';
import { unknownTopics } from './unknown-topics.ts';
import { unknownFields, unknownValues } from './unknown-values.ts';

/** Ways that are gone for one rule, and for all. */
const stepsForOne = 50_000;
const stepsForAll = 500_000;
/** Rules between two rests, so that the house goes on. */
const rulesAtOnce = 10;
const maxFindings = 1000;

export interface AnalysisOptions {
  /** Undefined for files that are looked at by themselves. */
  readonly house?: AnalysisHouse;
  /** Triggers of the rows that an expression gives now. */
  triggersOf?(rule: CompiledRule): readonly Trigger[];
}

export interface RuleAnalysis {
  readonly rules: number;
  readonly findings: readonly AnalysisFinding[];
  /** There are more findings than are listed, or ways that were not gone. */
  readonly isPartial: boolean;
  readonly graph: RuleGraph;
}

export class Analysis {
  readonly #options: AnalysisOptions;
  readonly #links = new Links();

  constructor(options: AnalysisOptions = {}) {
    this.#options = options;
  }

  put(rule: CompiledRule, isEnabled: boolean): void {
    this.#links.put(this.#draw(rule, isEnabled));
  }

  delete(id: string): void {
    this.#links.delete(id);
  }

  /** Of a rule in force, alone and with all others; nothing of one that there is not. */
  findingsOf(id: string): readonly AnalysisFinding[] {
    const portrait = this.#links.portraits.get(id);
    if (portrait === undefined) return [];
    const starts = this.#isRun(id) ? wakesOf(portrait) : portrait.wakes;
    const loops = loopsThrough(starts, this.#links, new Reach(this.#links, stepsForOne));
    return [...loops.map((loop) => beginningAt(id, loop)), ...this.#without(portrait)];
  }

  /** The same of a draft, as if it were in force. */
  check(draft: CompiledRule, isEnabled = true): readonly AnalysisFinding[] {
    const inForce = this.#links.portraits.get(draft.id);
    this.put(draft, isEnabled);
    const findings = this.findingsOf(draft.id);
    if (inForce === undefined) this.delete(draft.id);
    else this.#links.put(inForce);
    return findings;
  }

  /** `rest` is waited for between parts of the work. */
  async whole(rest: () => Promise<void>): Promise<RuleAnalysis> {
    const portraits = [...this.#links.portraits.values()];
    const reach = new Reach(this.#links, stepsForAll);
    const findings: AnalysisFinding[] = [];
    for (const [index, portrait] of portraits.entries()) {
      if (index % rulesAtOnce === rulesAtOnce - 1) await rest();
      for (const wake of wakesOf(portrait)) for (const node of reach.next(wake)) reach.next(node);
      if (findings.length < maxFindings) findings.push(...this.#without(portrait));
    }
    findings.unshift(...allLoops(portraits.flatMap(wakesOf), this.#links, reach));
    const isPartial = !reach.isComplete || findings.length >= maxFindings;
    return {
      rules: portraits.length,
      findings: onceEach(findings),
      isPartial,
      graph: await graphOf(portraits, rest),
    };
  }

  #draw(rule: CompiledRule, isEnabled: boolean): Portrait {
    const { house, triggersOf } = this.#options;
    const triggers = rule.triggersNow === undefined ? undefined : triggersOf?.(rule);
    return portraitOf(rule, { isEnabled, house, ...(triggers && { triggers }) });
  }

  /** Whether another rule runs it. */
  #isRun(id: string): boolean {
    const [author] = this.#links.authorsOf({ on: 'run', key: `run ${id}`, name: id });
    return author !== undefined;
  }

  /** All but loops. */
  #without(portrait: Portrait): AnalysisFinding[] {
    const { house } = this.#options;
    const links = this.#links;
    const { id } = portrait.rule;
    const isRun = this.#isRun(id);
    return [
      ...conflictsOf(portrait.wakes, links),
      ...deadTriggers(portrait, isRun),
      ...missingRules(portrait, links, house !== undefined),
      ...(house === undefined
        ? []
        : [
            ...missingDevices(portrait, house.devices),
            ...unknownTopics(portrait, { links, topics: house.topics }),
            ...unknownFields(portrait, house.topics, isRun),
            ...unknownValues(portrait, house.topics),
          ]),
    ];
  }
}

/** The same circle, told from a rule on. */
function beginningAt(id: string, loop: AnalysisFinding): AnalysisFinding {
  const index = Math.max(
    0,
    loop.path.findIndex(({ rule }) => rule === id),
  );
  const path = [...loop.path.slice(index), ...loop.path.slice(0, index)];
  return { ...loop, path, rules: [...new Set(path.map(({ rule }) => rule))] };
}

/** A conflict is found from both its sides. */
function onceEach(findings: readonly AnalysisFinding[]): AnalysisFinding[] {
  const found = new Map<string, AnalysisFinding>();
  for (const finding of findings) {
    const places = finding.path.map(({ rule, path }) => `${rule} ${path}`);
    const isPair = finding.code === 'conflicting-writers';
    const key = [finding.code, ...(isPair ? places.toSorted() : [...places, finding.words])].join('\n');
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
}
