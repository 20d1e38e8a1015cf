// Every call that a plugin may make, with the shape of its arguments: the wire between the two sides of the contract.
import { z } from 'zod';
import { HomeruleError, messageOf } from '../base/index.ts';
import type { Desk } from './desk.ts';
import { fail } from './errors.ts';

const longestWords = 2000;
const longestFunction = 4000;
const words = z.strictObject({ en: z.string().max(longestWords), zh: z.string().max(longestWords) });
const offerName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'expected lower-case letters, digits and -' });
const jsonObject = z.record(z.string(), z.unknown());
const id = z.number();
const qos = z.union([z.literal(0), z.literal(1), z.literal(2)]);

/** Types the answer to a call by its arguments. */
function call<Args>(schema: z.ZodType<Args>, answer: (desk: Desk, args: Args) => unknown) {
  return (desk: Desk, args: unknown): unknown => {
    const parsed = schema.safeParse(args);
    if (parsed.success) return answer(desk, parsed.data);
    const [issue] = parsed.error.issues;
    throw fail('plugin-bad-call', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`);
  };
}

const message = z.strictObject({
  topic: z.string(),
  payload: z.unknown(),
  qos: qos.exactOptional(),
  retain: z.boolean().exactOptional(),
});

/** Every call that a plugin may make. */
const calls: Readonly<Record<string, (desk: Desk, args: unknown) => unknown>> = {
  publish: call(message, (desk, one) => desk.publish(one)),
  subscribe: call(z.strictObject({ id, filter: z.string() }), (desk, args) => desk.subscribe(args)),
  watch: call(z.strictObject({ id }), (desk, args) => desk.watch(args.id)),
  unlisten: call(z.strictObject({ id }), (desk, args) => desk.unlisten(args.id)),
  devices: call(z.strictObject({}), (desk) => desk.directory('read').list()),
  device: call(z.strictObject({ id: z.string() }), (desk, args) => desk.directory('read').find(args.id)),
  set: call(z.strictObject({ id: z.string(), properties: jsonObject }), (desk, { id: device, properties }) =>
    desk.directory('set').set(device, properties, desk.by),
  ),
  describe: call(
    z.strictObject({ source: z.string().min(1).max(200), devices: z.array(z.unknown()) }),
    (desk, args) => desk.describe(args),
  ),
  emit: call(z.strictObject({ name: offerName, data: z.unknown() }), (desk, args) => desk.emit(args)),
  offerAction: call(
    z.strictObject({ name: offerName, doc: words, input: jsonObject.exactOptional() }),
    (desk, args) => desk.offerAction(args),
  ),
  offerChannel: call(z.strictObject({ name: offerName, doc: words }), (desk, { name }) =>
    desk.offerChannel(name),
  ),
  offerFunction: call(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, { error: 'expected letters and digits' }),
      source: z.string().max(longestFunction),
      doc: words,
    }),
    (desk, args) => desk.offerFunction(args),
  ),
  offerRoute: call(
    z.strictObject({
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
      path: z
        .string()
        .regex(/^\/[\w./*-]*$/)
        .max(200),
      needs: z.enum(['read', 'operate', 'edit', 'admin']),
    }),
    (desk, args) => desk.offerRoute(args),
  ),
  storageGet: call(z.strictObject({ key: z.string() }), (desk, { key }) => desk.values.get(desk.id, key)),
  storageSet: call(z.strictObject({ key: z.string(), value: z.unknown() }), (desk, { key, value }) =>
    desk.values.set(desk.id, key, value),
  ),
  storageDelete: call(z.strictObject({ key: z.string() }), (desk, { key }) =>
    desk.values.delete(desk.id, key),
  ),
  storageKeys: call(z.strictObject({}), (desk) => desk.values.keys(desk.id)),
  secret: call(z.strictObject({ name: z.string() }), (desk, args) => desk.secret(args.name)),
  log: call(z.strictObject({ level: z.enum(['info', 'warn', 'error']), words: z.string() }), (desk, args) =>
    desk.log(args),
  ),
  health: call(
    z.strictObject({ state: z.enum(['ok', 'degraded', 'failing']), words: z.string() }),
    (desk, args) => desk.tellHealth(args),
  ),
};

/** What the house answers. Throws HomeruleError. */
export function answerCall(desk: Desk, name: string, args: unknown): unknown {
  desk.admit();
  const answer = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (answer === undefined) throw fail('plugin-bad-call', `"${name}" is no call of this contract`);
  try {
    return answer(desk, args);
  } catch (error) {
    if (error instanceof HomeruleError) throw error;
    throw fail('plugin-bad-call', messageOf(error), { cause: error });
  }
}
