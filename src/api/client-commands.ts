// Clients that are granted it run and switch rules by publishing on `homerule/rules/ID/run`, `enable`, `disable` and `set`,
// and command devices on `homerule/devices/ID/set`. The broker has decided who may; here it is done.
import { HomeruleError, type Logger, messageOf } from '../base/index.ts';
import { Payload } from '../devices/index.ts';
import type { Actor } from './access/actor.ts';
import type { Api } from './api.ts';
import { fail } from './errors.ts';

const rulePattern = /^homerule\/rules\/([^/]+)\/(run|enable|disable|set)$/;
const devicePattern = /^homerule\/devices\/([^/]+)\/set$/;

/** As filters. */
export const ruleCommandTopics: readonly string[] = ['run', 'enable', 'disable', 'set'].map(
  (verb) => `homerule/rules/+/${verb}`,
);
export const deviceCommandTopics: readonly string[] = ['homerule/devices/+/set'];

export interface ClientCommand {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly client: string;
}

/** What somebody who is granted all of these may do. */
type CommandedApi = Pick<Api, 'rules' | 'devices'>;
type Deed = (api: CommandedApi, actor: Actor) => Promise<unknown>;

function ruleDeed({ topic, payload }: ClientCommand): Deed | undefined {
  const [, rule, verb] = rulePattern.exec(topic) ?? [];
  if (rule === undefined) return undefined;
  if (verb === 'run')
    return ({ rules }, actor) => rules.run(actor, rule, { payload: new Payload(payload).value });
  if (verb === 'set')
    return async ({ rules }, actor) => rules.setEnabled(actor, rule, enabledIn(new Payload(payload).value));
  return ({ rules }, actor) => rules.setEnabled(actor, rule, verb === 'enable');
}

function enabledIn(value: unknown): boolean {
  const enabled =
    typeof value === 'object' && value !== null && 'enabled' in value ? value.enabled : undefined;
  if (typeof enabled === 'boolean') return enabled;
  throw fail('bad-payload', 'expected the JSON object {"enabled":true} or {"enabled":false}');
}

function deviceDeed({ topic, payload }: ClientCommand): Deed | undefined {
  const [, device] = devicePattern.exec(topic) ?? [];
  if (device === undefined) return undefined;
  return async ({ devices }, actor) => {
    const { value } = new Payload(payload);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw fail('bad-payload', 'expected a JSON object such as {"on":true,"transition":2}');
    const { transition, ...properties } = value as Readonly<Record<string, unknown>>;
    const isTime = typeof transition === 'number' || typeof transition === 'string';
    return devices.set(actor, device, { properties, ...(isTime && { transition }) });
  };
}

export class ClientCommands {
  readonly #apiFor: (actor: Actor) => CommandedApi;
  readonly #log: Pick<Logger, 'warn'>;

  constructor(apiFor: (actor: Actor) => CommandedApi, log: Pick<Logger, 'warn'>) {
    this.#apiFor = apiFor;
    this.#log = log;
  }

  /** Any message of a client that was let publish it. Obeyed in a microtask: never from inside the broker's own publish. */
  accepted(command: ClientCommand): void {
    if (!command.topic.startsWith('homerule/')) return;
    const deed = ruleDeed(command) ?? deviceDeed(command);
    if (deed !== undefined) queueMicrotask(() => void this.#obey(command, deed));
  }

  /** Nobody waits for an answer: what cannot be done is logged. */
  async #obey({ topic, client }: ClientCommand, deed: Deed): Promise<void> {
    const actor: Actor = { name: client, role: 'client', may: ['operate', 'edit'], address: '' };
    try {
      await deed(this.#apiFor(actor), actor);
    } catch (error) {
      const code = error instanceof HomeruleError ? error.code : 'internal';
      this.#log.warn({ topic: topic.slice(0, 80), client, code }, messageOf(error));
    }
  }
}
