// ntfy: a topic on ntfy.sh or on a server of one's own. https://docs.ntfy.sh/publish/
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { address, secret } from '../service.ts';

const config = z.strictObject({
  url: address().default('https://ntfy.sh'),
  topic: secret().meta({ description: 'Who knows it reads along, so it is kept as a secret' }),
  token: secret().optional(),
  user: z.string().optional(),
  password: secret().optional(),
});

function authorization({ token, user, password }: z.output<typeof config>): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (user === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };
}

export const ntfy = httpService({
  name: 'ntfy',
  doc: { en: 'ntfy', zh: 'ntfy' },
  config,
  request: (channel, { title, message, priority, tags, click, actions, extra }) => ({
    url: channel.url,
    headers: authorization(channel),
    body: {
      ...(title !== undefined && { title: cut(title, { most: 250, of: 'bytes' }) }),
      message: cut(message, { most: 4096, of: 'bytes' }),
      priority,
      tags,
      ...(click !== undefined && { click }),
      ...(actions.length > 0 && { actions: actions.map((link) => ({ action: 'view', ...link })) }),
      ...extra,
      topic: channel.topic,
    },
  }),
  answer: z.looseObject({
    id: z.string().optional(),
    error: z.string().optional(),
    code: z.number().optional(),
  }),
  fault: ({ id, error, code }) =>
    id !== undefined && error === undefined
      ? undefined
      : { words: error === undefined ? 'what answers is no ntfy' : `${error} (code ${code})` },
});
