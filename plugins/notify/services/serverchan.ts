// ServerChan (Server酱): Turbo to WeChat, and version 3 to its app; the key tells which.
// https://sct.ftqq.com, https://doc.sc3.ft07.com
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { type Notice, titleOf } from '../notice.ts';
import { address, secret } from '../service.ts';

function urlOf(key: string, base: string | undefined): string {
  if (base !== undefined) return `${base.replace(/\/+$/, '')}/${key}.send`;
  const version3 = /^sctp(\d+)t/.exec(key);
  if (version3 !== null) return `https://${version3[1]}.push.ft07.com/send/${key}.send`;
  return `https://sctapi.ftqq.com/${key}.send`;
}

/** Markdown, in which a single line end is none. */
function bodyOf({ message, click, actions }: Notice): string {
  const links = [...(click === undefined ? [] : [{ label: click, url: click }]), ...actions];
  const lines = links.map(({ label, url }) => `[${label}](${url})`);
  return [cut(message, { most: 30_000, of: 'bytes' }), ...lines].join('\n').replaceAll(/\n+/g, '\n\n');
}

export const serverchan = httpService({
  name: 'serverchan',
  doc: { en: 'ServerChan', zh: 'Server酱' },
  config: z.strictObject({
    key: secret().meta({ title: 'SendKey', zh: { title: 'SendKey' } }),
    url: address()
      .optional()
      .meta({
        title: 'Server',
        description: 'Only for a server between; else the key tells',
        zh: { title: '服务器', description: '经过中转服务器时才填，否则由 SendKey 决定' },
      }),
  }),
  request: ({ key, url }, notice) => ({
    url: urlOf(key, url),
    body: {
      // Turbo takes 32 characters; a Chinese one has three bytes and still is one.
      title: cut(titleOf(notice), { most: 32, of: 'units' }),
      desp: bodyOf(notice),
      ...(notice.tags.length > 0 && { tags: notice.tags.join('|') }),
      ...notice.extra,
    },
  }),
  answer: z.looseObject({
    code: z.number(),
    message: z.string().nullish(),
    info: z.string().nullish(),
    data: z.looseObject({ errno: z.number().optional(), error: z.string().optional() }).nullish(),
  }),
  fault({ code, message, info, data }) {
    const errno = data?.errno ?? 0;
    if (code === 0 && errno === 0) return undefined;
    const words = [message, info, data?.error].find((one) => one !== undefined && one !== null && one !== '');
    return { words: `${words ?? 'not taken'} (code ${code === 0 ? errno : code})` };
  },
});
