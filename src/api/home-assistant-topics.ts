// Tells Home Assistant of our own devices and rules: discovery messages and the state of rules, retained, taken back when
// what they speak of is gone. Told to subscribers only; discovery passes over our own.
import type { Clock, Undo } from '../base/index.ts';
import {
  deviceAnnouncement,
  deviceTopicOf,
  type Registry,
  ruleAnnouncement,
  ruleTopicOf,
} from '../devices/index.ts';
import type { RuleSummary } from './contract.ts';
import type { MessagePort } from './ports.ts';
import type { Watchers } from './watchers.ts';

export interface AnnouncedHouse {
  readonly devices: Registry;
  readonly rules: { list(): readonly Pick<RuleSummary, 'id' | 'name' | 'enabled'>[] };
  readonly broker: Pick<MessagePort, 'announce' | 'retainedTopics'>;
  readonly watchers: Watchers;
  readonly clock: Clock;
  /** First levels of discovery topics. */
  readonly prefix: string;
}

/** Changes within this time go out once. */
const gatherMs = 1000;

export class HomeAssistantTopics {
  readonly #house: AnnouncedHouse;
  /** What each topic holds. */
  readonly #told = new Map<string, string>();
  readonly #devices = new Set<string>();
  #undoTimer: Undo | undefined;
  #undoWatch: Undo | undefined;

  constructor(house: AnnouncedHouse) {
    this.#house = house;
  }

  /** The listeners are open: all is told once, and what was left of those that are no more goes. */
  start(): void {
    const { broker, devices, rules, watchers, prefix } = this.#house;
    for (const filter of [`${prefix}/device/homerule/+/config`, 'homerule/rules/+/state'])
      for (const topic of broker.retainedTopics(filter)) this.#told.set(topic, '\0');
    for (const { id } of devices.roster.list()) this.#tellDevice(id);
    for (const rule of rules.list()) this.#tellRule(rule);
    for (const [topic, text] of this.#told) if (text === '\0') this.#tell(topic, '');
    this.#undoWatch = watchers.add('rules', undefined, (item) => {
      if (item.change === 'deleted') this.#forgetRule(item.id);
      else if ('rule' in item) this.#tellRule(item.rule);
    });
  }

  stop(): void {
    this.#undoWatch?.();
    this.#undoTimer?.();
    this.#undoWatch = undefined;
  }

  /** A device reported, was told, described, edited or forgotten. */
  changed(id: string): void {
    if (this.#undoWatch === undefined) return;
    this.#devices.add(id);
    this.#undoTimer ??= this.#house.clock.after(gatherMs, () => {
      this.#undoTimer = undefined;
      for (const each of this.#devices) this.#tellDevice(each);
      this.#devices.clear();
    });
  }

  #tellDevice(id: string): void {
    const { devices, prefix } = this.#house;
    const device = devices.roster.find(id);
    const announcement = device && deviceAnnouncement(device, prefix);
    this.#tell(deviceTopicOf(id, prefix), announcement ? JSON.stringify(announcement.payload) : '');
  }

  #tellRule(rule: Pick<RuleSummary, 'id' | 'name' | 'enabled'>): void {
    const { topic, payload } = ruleAnnouncement(rule, this.#house.prefix);
    this.#tell(topic, JSON.stringify(payload));
    this.#tell(`homerule/rules/${rule.id}/state`, JSON.stringify({ enabled: rule.enabled }));
  }

  #forgetRule(id: string): void {
    this.#tell(ruleTopicOf(id, this.#house.prefix), '');
    this.#tell(`homerule/rules/${id}/state`, '');
  }

  #tell(topic: string, text: string): void {
    if ((this.#told.get(topic) ?? '') === text) return;
    if (text === '') this.#told.delete(topic);
    else this.#told.set(topic, text);
    this.#house.broker.announce({ topic, payload: Buffer.from(text), by: '', retain: true });
  }
}
