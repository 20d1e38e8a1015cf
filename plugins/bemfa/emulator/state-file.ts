// Keeps topics and their last messages of an emulator in a JSON file. Without one the emulator forgets all at its end.
import { Buffer } from 'node:buffer';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type Clock, type Logger, messageOf, type Undo } from '../../../src/base/index.ts';
import { type Cloud, keyPattern } from './cloud.ts';
import { fail } from './errors.ts';
import { type CloudMessage, topicTypes } from './topic.ts';

const message = z.object({ base64: z.base64(), at: z.number() });

const stateFile = z.object({
  accounts: z.array(
    z.object({
      uid: z.string().regex(keyPattern),
      appId: z.string(),
      appSecret: z.string(),
      topics: z.array(
        z.object({
          type: z.literal(topicTypes),
          name: z.string(),
          nickname: z.string(),
          room: z.string(),
          group: z.string(),
          last: message.optional(),
          retained: message.optional(),
        }),
      ),
    }),
  ),
});
type State = z.infer<typeof stateFile>;

/** Changes within this time are written together. */
const writeAfterMs = 1000;

function packed({ payload, at }: CloudMessage): z.infer<typeof message> {
  return { base64: payload.toString('base64'), at };
}

function unpacked({ base64, at }: z.infer<typeof message>): CloudMessage {
  return { payload: Buffer.from(base64, 'base64'), at };
}

function stateOf(cloud: Cloud): State {
  return {
    accounts: cloud.accounts.map((account) => ({
      ...account.credentials,
      topics: account.list().map(({ type, name, nickname, room, group, last, retained }) => ({
        ...{ type, name, nickname, room, group },
        ...(last && { last: packed(last) }),
        ...(retained && { retained: packed(retained) }),
      })),
    })),
  };
}

export interface StateFileOptions {
  readonly path: string;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly log: Logger;
}

export class StateFile {
  readonly #options: StateFileOptions;
  #undo: Undo | undefined;

  constructor(options: StateFileOptions) {
    this.#options = options;
    options.cloud.onChange(() => {
      this.#undo ??= options.clock.after(writeAfterMs, () => this.#write());
    });
  }

  /** Adds what the file holds, if there is one. Throws when it cannot be read. */
  load(): void {
    const { path, cloud } = this.#options;
    if (!existsSync(path)) return;
    for (const { topics, ...credentials } of this.#read().accounts) {
      const account = cloud.addAccount(credentials);
      for (const { type, name, nickname, room, group, last, retained } of topics) {
        const topic = account.create(type, name, nickname);
        topic.room = room;
        topic.group = group;
        if (last) topic.keep(unpacked(last));
        if (retained) topic.retained = unpacked(retained);
      }
    }
  }

  close(): void {
    this.#undo?.();
    this.#write();
  }

  #read(): State {
    const { path } = this.#options;
    try {
      return stateFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
      throw fail('bemfa-state-unreadable', `${path} holds no state of an emulator: ${why}`, { cause: error });
    }
  }

  #write(): void {
    this.#undo = undefined;
    const { path, cloud, log } = this.#options;
    try {
      writeFileSync(`${path}.new`, JSON.stringify(stateOf(cloud), undefined, 1), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch (error) {
      log.error({ error: messageOf(error), path }, 'the state of the emulator cannot be written');
    }
  }
}
