// What is to be told, as all services get it: the words of `notify` with what its `data` asks for.
import { z } from 'zod';
import type { Notification } from '../../src/plugins/index.ts';
import { fail } from './errors.ts';

export interface Link {
  readonly label: string;
  readonly url: string;
}

export interface Notice {
  readonly title: string | undefined;
  readonly message: string;
  /** 1 is silent, 3 usual, 5 wakes people. */
  readonly priority: number;
  readonly tags: readonly string[];
  /** Opened by a tap. */
  readonly click: string | undefined;
  /** Buttons. */
  readonly actions: readonly Link[];
  /** Fields of the service's own API, taken as they are. */
  readonly extra: Readonly<Record<string, unknown>>;
}

const priorities = { min: 1, low: 2, normal: 3, high: 4, urgent: 5 } as const;
const priorityNames = ['min', 'low', 'normal', 'high', 'urgent'] as const;
const priorityError = `expected 1 to 5 or ${priorityNames.join(', ')}`;

const url = z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/i, { error: 'expected an address such as https://…' });

const fields = {
  priority: z
    .union(
      [
        z.int({ error: priorityError }).min(1, { error: priorityError }).max(5, { error: priorityError }),
        z.enum(priorityNames).transform((name) => priorities[name]),
      ],
      { error: priorityError },
    )
    .default(priorities.normal),
  tags: z.array(z.string().min(1)).max(10).default([]),
  click: url.optional(),
  actions: z
    .array(z.strictObject({ label: z.string().min(1).max(64), url }))
    .max(3)
    .default([]),
};

const common = z.object(fields);
const anything = z.record(z.string(), z.unknown());

/** Reads notifications for one service; `data` may hold fields for each of `services` under its name. */
export function noticeReader(
  { name, extra = anything }: { readonly name: string; readonly extra?: z.ZodType | undefined },
  services: readonly string[],
): (notification: Notification) => Notice {
  const own = services.map((one) => [one, (one === name ? extra : anything).optional()]);
  const all = z.strictObject({ ...fields, ...Object.fromEntries(own) });
  return ({ title, message, data: given }) => {
    const parsed = all.safeParse(given ?? {});
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message: words }) => [...path, words].join(': '));
      throw fail('notify-data-invalid', `data of this notification: ${problems.join('; ')}`);
    }
    const { priority, tags, click, actions } = common.parse(given ?? {});
    const ownFields = anything.parse(Reflect.get(parsed.data, name) ?? {});
    return { title, message, priority, tags, click, actions, extra: ownFields };
  };
}

/** A title where a service must have one. */
export function titleOf({ title, message }: Notice): string {
  const [first = ''] = message.trim().split('\n');
  const line = (title ?? first).replaceAll(/\s+/g, ' ').trim();
  return line === '' ? 'Homerule' : line;
}

/** For services that know text only: title, message and one line for each link. */
export function plainText({ title, message, click, actions }: Notice): string {
  const links = [
    ...(click === undefined ? [] : [click]),
    ...actions.map(({ label, url: to }) => `${label}: ${to}`),
  ];
  return [
    ...(title === undefined ? [] : [title, '']),
    message,
    ...(links.length > 0 ? ['', ...links] : []),
  ].join('\n');
}
