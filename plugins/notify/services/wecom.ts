// WeCom (企业微信): a robot of a group. https://developer.work.weixin.qq.com/document/path/91770
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { plainText } from '../notice.ts';
import { webhook } from '../service.ts';

const busy = -1;

export const wecom = httpService({
  name: 'wecom',
  doc: { en: 'WeCom group robot', zh: '企业微信群机器人' },
  config: z.strictObject({
    webhook: webhook().meta({
      title: 'Webhook address',
      description: 'The whole address, as the robot shows it',
      zh: { title: 'Webhook 地址', description: '机器人显示的完整地址' },
    }),
  }),
  request: (channel, notice) => ({
    url: channel.webhook,
    body: {
      msgtype: 'text',
      text: { content: cut(plainText(notice), { most: 2048, of: 'bytes' }) },
      ...notice.extra,
    },
  }),
  answer: z.looseObject({ errcode: z.number(), errmsg: z.string().default('') }),
  fault: ({ errcode, errmsg }) =>
    errcode === 0 ? undefined : { words: `${errmsg} (errcode ${errcode})`, isPassing: errcode === busy },
});
