// Feishu (飞书) and Lark: a robot of a group. https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { plainText } from '../notice.ts';
import { secret, webhook } from '../service.ts';

/** At full and half hours their system is under pressure and says this. */
const tooFast = 11_232;

/** HMAC-SHA256 of nothing, with time and secret as its key. */
function signature(key: string | undefined, now: number): object {
  if (key === undefined) return {};
  const timestamp = String(Math.floor(now / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${key}`).update('').digest('base64') };
}

export const feishu = httpService({
  name: 'feishu',
  doc: { en: 'Feishu or Lark group robot', zh: '飞书群机器人' },
  config: z.strictObject({
    webhook: webhook().meta({
      title: 'Webhook address',
      description: 'The whole address, as the robot shows it',
      zh: { title: 'Webhook 地址', description: '机器人显示的完整地址' },
    }),
    secret: secret()
      .optional()
      .meta({
        title: 'Signing secret',
        description: 'When the robot asks for signatures',
        zh: { title: '签名密钥', description: '机器人开启“签名校验”时填写' },
      }),
  }),
  request: (channel, notice, now) => ({
    url: channel.webhook,
    body: {
      msg_type: 'text',
      // 20 KB with all of JSON around it.
      content: { text: cut(plainText(notice), { most: 15_000, of: 'bytes' }) },
      ...notice.extra,
      ...signature(channel.secret, now),
    },
  }),
  answer: z.union([
    z.looseObject({ code: z.number(), msg: z.string().default('') }),
    z
      .looseObject({ StatusCode: z.number(), StatusMessage: z.string().default('') })
      .transform(({ StatusCode: code, StatusMessage: msg }) => ({ code, msg })),
  ]),
  fault: ({ code, msg }) =>
    code === 0 ? undefined : { words: `${msg} (code ${code})`, isPassing: code === tooFast },
});
