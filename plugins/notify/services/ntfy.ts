// ntfy: a topic on ntfy.sh or on a server of one's own. https://docs.ntfy.sh/publish/
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { address, secret } from '../service.ts';

const config = z.strictObject({
  url: address()
    .default('https://ntfy.sh')
    .meta({ title: 'Server', zh: { title: '服务器' } }),
  topic: secret().meta({
    title: 'Topic',
    description: 'Who knows it reads along, so it is kept as a secret',
    zh: { title: '主题', description: '知道它的人都能看到消息，所以按密钥保存' },
  }),
  token: secret()
    .optional()
    .meta({ title: 'Token', zh: { title: '令牌' } }),
  user: z
    .string()
    .optional()
    .meta({ title: 'User', zh: { title: '用户名' } }),
  password: secret()
    .optional()
    .meta({ title: 'Password', zh: { title: '密码' } }),
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
