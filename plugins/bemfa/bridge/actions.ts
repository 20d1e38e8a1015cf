// What rules and people may ask of the bridge: `bemfa/offer`, `bemfa/withdraw`, `bemfa/topics`, `bemfa/delete-topics`.
import { z } from 'zod';
import type { ActionOffer, JsonSchema, PluginContext } from '../../../src/plugins/index.ts';
import type { AccountBridge } from './account.ts';
import { type Offered, offered } from './config.ts';
import type { Imports } from './imports.ts';
import type { Offers, Outcomes } from './offers.ts';
import { isOwnTopicName } from './topic-name.ts';

export interface Account {
  readonly bridge: AccountBridge;
  readonly offers: Offers;
  readonly imports: Imports | undefined;
}

const account = z.string().optional().describe('Name of the account; needed when there are several');
const ids = z.array(z.string()).min(1).max(200);
const offerInput = z.strictObject({
  account,
  devices: z
    .array(z.union([z.string(), z.strictObject(offered.shape)]))
    .min(1)
    .max(200)
    .describe('Ids of devices, or objects with device, topic, name and state'),
  nickname: z.string().optional().describe('What the speaker calls it; of a single device'),
});
const withdrawInput = z.strictObject({
  account,
  devices: ids,
  delete: z
    .boolean()
    .default(false)
    .describe('Also delete their topics in the cloud, if they were made here'),
});
const topicsInput = z.strictObject({ account });
const deleteInput = z.strictObject({ account, topics: ids });

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

function pick(accounts: readonly Account[], name: string | undefined): Account {
  const [first, second] = accounts;
  const found = name === undefined ? first : accounts.find(({ bridge }) => bridge.name === name);
  const names = accounts.map(({ bridge }) => bridge.name).join(', ');
  if (name === undefined && second !== undefined) throw new Error(`say which account: ${names}`);
  if (found === undefined)
    throw new Error(`there is no account "${name ?? ''}"; there are: ${names || 'none'}`);
  return found;
}

/** Some may fail; when all do, the call does. */
function answerOf(outcomes: Outcomes): Outcomes {
  if (outcomes.done.length > 0) return outcomes;
  throw new Error(outcomes.refused.map(({ problem }) => problem).join('; '));
}

function wantedOf({ devices, nickname }: z.output<typeof offerInput>): readonly Offered[] {
  const wanted = devices.map((entry) => (typeof entry === 'string' ? { device: entry } : entry));
  if (nickname === undefined) return wanted;
  if (wanted.length > 1) throw new Error('a nickname is for one device; give each its "name" instead');
  return wanted.map((entry) => ({ ...entry, name: nickname }));
}

async function topicsOf({ bridge }: Account) {
  const topics = await bridge.link.api.topics();
  return {
    topics: topics.map((view) => {
      const mapping = bridge.find(view.topic);
      return { ...view, isOwn: isOwnTopicName(view.topic), ...(mapping && { standsFor: mapping.subject }) };
    }),
  };
}

function actionsOf(accounts: readonly Account[]): readonly ActionOffer[] {
  return [
    {
      name: 'offer',
      doc: { en: 'Offer devices to the speaker', zh: '把设备交给音箱' },
      input: schemaOf(offerInput),
      act: async (input) => {
        const given = offerInput.parse(input);
        return answerOf(await pick(accounts, given.account).offers.offer(wantedOf(given)));
      },
    },
    {
      name: 'withdraw',
      doc: { en: 'Offer devices no longer', zh: '不再把设备交给音箱' },
      input: schemaOf(withdrawInput),
      act: async (input) => {
        const given = withdrawInput.parse(input);
        return answerOf(await pick(accounts, given.account).offers.withdraw(given.devices, given.delete));
      },
    },
    {
      name: 'topics',
      doc: { en: 'List the topics in the cloud', zh: '列出云端主题' },
      input: schemaOf(topicsInput),
      act: async (input) => topicsOf(pick(accounts, topicsInput.parse(input).account)),
    },
    {
      name: 'delete-topics',
      doc: { en: 'Delete topics in the cloud that were made here', zh: '删除本插件创建的云端主题' },
      input: schemaOf(deleteInput),
      act: async (input) => {
        const { account: name, topics } = deleteInput.parse(input);
        return answerOf(await pick(accounts, name).offers.deleteTopics(topics));
      },
    },
  ];
}

export async function offerActions(house: PluginContext, accounts: readonly Account[]): Promise<void> {
  for (const action of actionsOf(accounts)) await house.offerAction(action);
}
