// Clients that are granted it run and switch rules by publishing on `homerule/rules/ID/run`, `enable` and `disable`. The
// broker has decided who may; here it is done.
import { HomeruleError, type Logger, messageOf } from '../base/index.ts';
import { Payload } from '../devices/index.ts';
import type { Actor } from './access/actor.ts';
import type { RulesApi } from './api.ts';

const commandTopic = /^homerule\/rules\/([^/]+)\/(run|enable|disable)$/;

/** As filters. */
export const ruleCommandTopics: readonly string[] = ['run', 'enable', 'disable'].map(
  (verb) => `homerule/rules/+/${verb}`,
);

export interface ClientCommand {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly client: string;
}

export class RuleCommands {
  readonly #rulesFor: (actor: Actor) => RulesApi;
  readonly #log: Pick<Logger, 'warn'>;

  constructor(rulesFor: (actor: Actor) => RulesApi, log: Pick<Logger, 'warn'>) {
    this.#rulesFor = rulesFor;
    this.#log = log;
  }

  /** Any message of a client that was let publish it. Obeyed in a microtask: never from inside the broker's own publish. */
  accepted(command: ClientCommand): void {
    if (!command.topic.startsWith('homerule/rules/')) return;
    const [, rule, verb] = commandTopic.exec(command.topic) ?? [];
    if (rule !== undefined && verb !== undefined)
      queueMicrotask(() => void this.#obey(command, { rule, verb }));
  }

  /** Nobody waits for an answer: what cannot be done is logged. */
  async #obey(
    { topic, payload, client }: ClientCommand,
    { rule, verb }: { readonly rule: string; readonly verb: string },
  ): Promise<void> {
    const actor: Actor = { name: client, role: 'client', may: ['operate', 'edit'], address: '' };
    const rules = this.#rulesFor(actor);
    try {
      if (verb === 'run') await rules.run(actor, rule, { payload: new Payload(payload).value });
      else await rules.setEnabled(actor, rule, verb === 'enable');
    } catch (error) {
      const code = error instanceof HomeruleError ? error.code : 'internal';
      this.#log.warn({ topic: topic.slice(0, 80), client, code }, messageOf(error));
    }
  }
}
