// The analysis of the rules of the house, kept up to date with them; what it finds in a text is told at its place there.
import type { Clock } from '../base/index.ts';
import {
  type Device,
  HeardTopics,
  type Registry,
  type TopicContracts,
  type TopicStates,
} from '../devices/index.ts';
import type { HomeView } from '../expression/index.ts';
import {
  Analysis,
  type AnalysisFinding,
  type CheckedText,
  type CompiledRule,
  type KnownDevices,
  type RuleLibrary,
} from '../rules/index.ts';
import type { AnalysisView, FindingView, ProblemView } from './contract.ts';

export interface AnalysesOptions {
  readonly library: RuleLibrary;
  readonly states: Pick<TopicStates, 'tree'>;
  /** Without them only the latest messages are known. */
  readonly contracts?: Pick<TopicContracts, 'find'>;
  readonly home: HomeView;
  readonly clock: Clock;
  /** Without it nothing is known of the topics of a device. */
  readonly devices?: Pick<Registry, 'roster'>;
}

/** Their suggestions are advice, not what should stand there. */
const advising: ReadonlySet<AnalysisFinding['code']> = new Set(['loop', 'conflicting-writers']);

/** What is worth a word beside the text; notes are for those who ask. */
export function problemsOf(
  findings: readonly FindingView[],
  { locate }: Pick<CheckedText, 'locate'>,
): ProblemView[] {
  return findings.flatMap(({ code, severity, words, params, suggestion, path: [place] }) => {
    if (severity !== 'warning' || place === undefined) return [];
    const base = { path: place.path, code, severity, params };
    if (suggestion === undefined) return [locate({ ...base, message: words })];
    return advising.has(code)
      ? [locate({ ...base, message: `${words}; ${suggestion}` })]
      : [locate({ ...base, message: words, suggestion })];
  });
}

/** As its description says; what a device learns later is seen when the rule is saved, switched or started again. */
function topicsOf(device: Device | undefined): ReturnType<KnownDevices['topics']> {
  const properties = device?.description?.properties;
  if (properties === undefined) return undefined;
  return {
    commands: properties.flatMap(({ command }) => (command === undefined ? [] : [command.topic])),
    reports: properties.flatMap(({ reports = [] }) => reports.map(({ topic }) => topic)),
  };
}

function devicesOf({ home, devices }: AnalysesOptions): KnownDevices {
  return {
    has: (id) => home.device(id) !== undefined,
    ids: () => home.devices().map(({ id }) => id),
    hasLabel: (label) => home.devices(label).length > 0,
    topics: (id) => topicsOf(devices?.roster.find(id)),
  };
}

export class Analyses {
  readonly #library: RuleLibrary;
  readonly #analysis: Analysis;
  readonly #clock: Clock;

  constructor(options: AnalysesOptions) {
    const { library, states, contracts, home, clock } = options;
    this.#library = library;
    this.#clock = clock;
    this.#analysis = new Analysis({
      house: { topics: new HeardTopics(states.tree, contracts), devices: devicesOf(options) },
      triggersOf: (rule) => {
        try {
          return rule.triggersNow?.({ home, at: clock.now() }) ?? [];
        } catch {
          return []; // the rule's own trace says why it has no rows
        }
      },
    });
  }

  /** A version came into force, or was switched. */
  put(row: { readonly id: string; readonly version: number; readonly enabled: boolean }): void {
    const rule = this.#library.find(row.id, row.version);
    if (rule === undefined) this.#analysis.delete(row.id);
    else this.#analysis.put(rule, row.enabled);
  }

  delete(id: string): void {
    this.#analysis.delete(id);
  }

  /** Of a rule in force. */
  findingsOf(id: string): readonly FindingView[] {
    return this.#analysis.findingsOf(id);
  }

  /** Of a draft, as if it were in force. */
  check(draft: CompiledRule, isEnabled: boolean): readonly FindingView[] {
    return this.#analysis.check(draft, isEnabled);
  }

  async whole(): Promise<AnalysisView> {
    const rest = (): Promise<void> => new Promise((resolve) => this.#clock.soon(resolve));
    const { rules, findings, isPartial, graph } = await this.#analysis.whole(rest);
    return {
      rules,
      findings,
      nodes: graph.nodes,
      edges: graph.edges,
      isPartial: isPartial || graph.isPartial,
    };
  }
}
