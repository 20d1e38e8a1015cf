// Bark: an iPhone through api.day.app or a bark-server of one's own.
// https://github.com/Finb/bark-server/blob/master/docs/API_V2.md
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { plainText } from '../notice.ts';
import { address, secret } from '../service.ts';

/** By priority. Apple lets `timeSensitive` through a focus, and `critical` through silence. */
const levels = ['passive', 'passive', 'active', 'timeSensitive', 'critical'];

export const bark = httpService({
  name: 'bark',
  doc: { en: 'Bark (iPhone)', zh: 'Bark（iPhone）' },
  config: z.strictObject({
    url: address()
      .default('https://api.day.app')
      .meta({ title: 'Server', zh: { title: '服务器' } }),
    key: secret().meta({
      title: 'Key',
      description: 'Of the device; the app shows it in its address',
      zh: { title: '设备密钥', description: 'Bark 应用显示的地址里就有' },
    }),
    group: z
      .string()
      .optional()
      .meta({ title: 'Group', zh: { title: '分组' } }),
    sound: z
      .string()
      .optional()
      .meta({ title: 'Sound', zh: { title: '铃声' } }),
  }),
  request: ({ url, key, group, sound }, notice) => ({
    url: `${url.replace(/\/+$/, '')}/push`,
    // Apple takes 4 KB of JSON with everything in it.
    body: {
      ...(notice.title !== undefined && { title: cut(notice.title, { most: 250, of: 'bytes' }) }),
      body: cut(plainText({ ...notice, title: undefined, click: undefined }), { most: 2500, of: 'bytes' }),
      level: levels[notice.priority - 1],
      ...(notice.click !== undefined && { url: notice.click }),
      ...(group !== undefined && { group }),
      ...(sound !== undefined && { sound }),
      ...notice.extra,
      device_key: key,
    },
  }),
  answer: z.looseObject({ code: z.number(), message: z.string().default('') }),
  fault: ({ code, message }) =>
    code === 200 ? undefined : { words: `${message} (code ${code})`, isPassing: code >= 500 },
});
