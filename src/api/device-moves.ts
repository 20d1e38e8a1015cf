// Use cases that give a device another id, other topics or other hardware: they show what uses it, and rewrite the rules
// in the same batch when they are asked to.
import { type Clock, type Commits, matchesFilter } from '../base/index.ts';
import type { Device, DeviceChange, Registry } from '../devices/index.ts';
import { type LiveEngine, type Renaming, referencesIn, rewriteText } from '../rules/index.ts';
import type { Actor, DeviceMovesApi } from './api.ts';
import type {
  BridgeUseView,
  DeviceMoveView,
  DeviceRenameRequest,
  DeviceReplaceRequest,
  DeviceUsesView,
  RuleMoveView,
  RuleUseView,
} from './contract.ts';
import { fail } from './errors.ts';
import type { BridgesPort } from './ports.ts';
import type { Rules } from './rules.ts';
import { whenKept } from './users.ts';
import { unifiedDiff } from './versions/line-diff.ts';

export interface DeviceMovesHouse {
  readonly devices: Registry;
  readonly rules: Rules;
  readonly bridges: Pick<BridgesPort, 'list'>;
  readonly live: LiveEngine;
  readonly clock: Clock;
  readonly commits: Commits;
}

/** Everything that a change of a device brings with it. */
interface Move {
  readonly device: Device;
  readonly change: DeviceChange | undefined;
  readonly renaming: Renaming;
  readonly lost: readonly string[];
  readonly note: string;
}

interface RewrittenRule extends RuleMoveView {
  readonly text: string;
}

const idPattern = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,59}$/u;

/** Those that it reports on and is commanded on; of one that is gone, as far as its values tell. */
function topicsOf({ description, states }: Device): Set<string> {
  const topics = new Set<string>();
  for (const { reports = [], command } of description?.properties ?? []) {
    for (const { topic } of reports) topics.add(topic);
    if (command !== undefined) topics.add(command.topic);
  }
  for (const { topic } of states.values()) topics.add(topic);
  return topics;
}

/** Which topic of the new hardware stands for which of the old, property by property. */
function matchingTopics(old: Device, other: Device): Map<string, string> {
  const topics = new Map<string, string>();
  const pair = (from: string | undefined, to: string | undefined): void => {
    if (from !== undefined && to !== undefined && from !== to && !topics.has(from)) topics.set(from, to);
  };
  for (const { id, reports = [], command } of other.description?.properties ?? []) {
    const before = old.property(id);
    for (const [i, { topic }] of reports.entries()) pair(before?.reports?.[i]?.topic, topic);
    pair(old.states.get(id)?.topic, reports[0]?.topic);
    pair(before?.command?.topic, command?.topic);
  }
  return topics;
}

export class DeviceMoves implements DeviceMovesApi {
  readonly #house: DeviceMovesHouse;

  constructor(house: DeviceMovesHouse) {
    this.#house = house;
  }

  usedBy(id: string): DeviceUsesView {
    const topics = topicsOf(this.#find(id));
    const names = { devices: new Set([id]), topics };
    const rules = this.#house.rules.texts().map(({ id: rule, source }): RuleUseView => {
      return { id: rule, uses: referencesIn(source, names) };
    });
    return {
      device: id,
      topics: [...topics],
      rules: rules.filter(({ uses }) => uses.length > 0),
      bridges: this.#bridgesOf(topics),
    };
  }

  async rename(actor: Actor, id: string, request: DeviceRenameRequest): Promise<DeviceMoveView> {
    const device = this.#find(id);
    const { id: to = id, topics = [] } = request;
    if (to !== id) this.#checkFree(to);
    if (to === id && topics.length === 0) throw fail('bad-value', 'expected another id, or topics');
    const devices = new Map(to === id ? [] : [[id, to]]);
    const renaming = { devices, topics: new Map(topics.map((pair) => [pair.from, pair.to])) };
    const change: DeviceChange | undefined = to === id ? undefined : { change: 'rename', id, to };
    const note = to === id ? `topics of ${id} renamed` : `device ${id} renamed to ${to}`;
    return this.#move(actor, { device, change, renaming, lost: [], note }, request.apply === true);
  }

  async replace(actor: Actor, id: string, request: DeviceReplaceRequest): Promise<DeviceMoveView> {
    const device = this.#find(id);
    const other = this.#find(request.with);
    if (device === other) throw fail('bad-value', `"${id}" cannot be replaced with itself`);
    if (other.description === undefined)
      throw fail('bad-value', `nobody tells of "${request.with}" any more`);
    const known = device.description?.properties.map((property) => property.id) ?? [...device.states.keys()];
    const lost = known.filter((property) => other.property(property) === undefined);
    const renaming = {
      devices: new Map([[request.with, id]]),
      topics: matchingTopics(device, other),
    };
    const change = { change: 'replace', id, with: request.with } as const;
    const note = `device ${id} has the hardware of ${request.with}`;
    return this.#move(actor, { device, change, renaming, lost, note }, request.apply === true);
  }

  async #move(actor: Actor, move: Move, isApplied: boolean): Promise<DeviceMoveView> {
    const { device, change, renaming, lost, note } = move;
    const rewritten = this.#rewritten(renaming);
    const view = {
      topics: [...renaming.topics].map(([from, to]) => ({ from, to })),
      rules: rewritten.map(({ text: _text, ...rule }) => rule),
      bridges: this.#bridgesOf(new Set(renaming.topics.keys())),
      lost,
    };
    if (isApplied) await this.#apply(actor, { change, rewritten, note });
    return { device: device.id, applied: isApplied, ...view };
  }

  /** Checked before anything changes; all of it belongs to one batch, for nothing is waited for in between. */
  async #apply(
    actor: Actor,
    { change, rewritten, note }: Pick<Move, 'change' | 'note'> & { rewritten: readonly RewrittenRule[] },
  ): Promise<void> {
    const { rules, live, clock, commits } = this.#house;
    const changed = rewritten.filter(({ diff }) => diff !== '');
    for (const { id, text } of changed) {
      const { rule, problems } = rules.check(text);
      if (rule === undefined)
        throw fail('rule-invalid', `rule "${id}" could not be saved with the new names`, {
          details: { problems },
        });
    }
    const at = clock.now();
    if (change !== undefined)
      live.decide({ kind: 'command', at, command: { do: 'device', change }, by: actor.name });
    await Promise.all(changed.map(({ id, text }) => rules.save(actor, { id, text, note, force: true })));
    await whenKept(commits);
  }

  /** Rules that name any of it; without a difference where only a wildcard does. */
  #rewritten(renaming: Renaming): readonly RewrittenRule[] {
    return this.#house.rules.texts().flatMap(({ id, version, source }): RewrittenRule[] => {
      const { text, references: uses } = rewriteText(source, renaming);
      if (uses.length === 0) return [];
      return [{ id, version, uses, text, diff: text === source ? '' : unifiedDiff(source, text) }];
    });
  }

  /** Lines of bridges that carry any of the topics. */
  #bridgesOf(topics: ReadonlySet<string>): readonly BridgeUseView[] {
    return this.#house.bridges.list().flatMap(({ name, settings }): BridgeUseView[] => {
      const lines = settings.topics.filter((line) => {
        const [pattern = '', , , prefix = ''] = line.split(/\s+/);
        return [...topics].some((topic) => matchesFilter(prefix.replaceAll('"', '') + pattern, topic));
      });
      return lines.length === 0 ? [] : [{ name, topics: lines }];
    });
  }

  #checkFree(id: string): void {
    if (!idPattern.test(id)) throw fail('bad-value', `"${id}": expected 1 to 60 letters, digits and - as id`);
    if (this.#house.devices.roster.find(id) !== undefined)
      throw fail('device-exists', `there is a device "${id}" already`);
  }

  #find(id: string): Device {
    const device = this.#house.devices.roster.find(id);
    if (device === undefined) throw fail('device-missing', `there is no device "${id}"`);
    return device;
  }
}
