// DingTalk (钉钉): a robot of a group. https://open.dingtalk.com/document/orgapp/custom-robot-access
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { plainText } from '../notice.ts';
import { secret, webhook } from '../service.ts';

const busy = -1;

/** HMAC-SHA256 of time and secret with the secret, in the address. */
function signed(address: string, key: string | undefined, now: number): string {
  if (key === undefined) return address;
  const url = new URL(address);
  url.searchParams.set('timestamp', String(now));
  url.searchParams.set('sign', createHmac('sha256', key).update(`${now}\n${key}`).digest('base64'));
  return url.href;
}

export const dingtalk = httpService({
  name: 'dingtalk',
  doc: { en: 'DingTalk group robot', zh: '钉钉群机器人' },
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
        zh: { title: '加签密钥', description: '机器人开启“加签”时填写' },
      }),
  }),
  request: (channel, notice, now) => ({
    url: signed(channel.webhook, channel.secret, now),
    body: {
      msgtype: 'text',
      text: { content: cut(plainText(notice), { most: 18_000, of: 'bytes' }) },
      ...notice.extra,
    },
  }),
  answer: z.looseObject({ errcode: z.number(), errmsg: z.string().default('') }),
  fault: ({ errcode, errmsg }) =>
    errcode === 0 ? undefined : { words: `${errmsg} (errcode ${errcode})`, isPassing: errcode === busy },
});
