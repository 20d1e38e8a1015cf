// Telegram: a bot that writes to a chat, a group or a channel. https://core.telegram.org/bots/api#sendmessage
import { z } from 'zod';
import { cut } from '../cut.ts';
import { httpService } from '../http-service.ts';
import { plainText } from '../notice.ts';
import { address, secret } from '../service.ts';

const lowPriority = 2;

export const telegram = httpService({
  name: 'telegram',
  doc: { en: 'Telegram', zh: 'Telegram' },
  config: z.strictObject({
    url: address()
      .default('https://api.telegram.org')
      .meta({ title: 'Server', zh: { title: '服务器' } }),
    token: secret().meta({
      title: 'Token',
      description: 'Of the bot, from @BotFather',
      zh: { title: '机器人令牌', description: '从 @BotFather 取得' },
    }),
    chat: z
      .string()
      .min(1)
      .meta({
        title: 'Chat',
        description: 'Id of the chat, or @name of a channel',
        zh: { title: '聊天', description: '聊天的 ID，或频道的 @名称' },
      }),
  }),
  request: ({ url, token, chat }, notice) => {
    const text = cut(plainText({ ...notice, actions: [] }), { most: 4096, of: 'units' });
    const bold = Math.min(notice.title?.length ?? 0, text.length);
    return {
      url: `${url.replace(/\/+$/, '')}/bot${token}/sendMessage`,
      body: {
        text,
        // Entities need no escaping, whatever the message holds.
        ...(bold > 0 && { entities: [{ type: 'bold', offset: 0, length: bold }] }),
        disable_notification: notice.priority <= lowPriority,
        ...(notice.actions.length > 0 && {
          reply_markup: {
            inline_keyboard: notice.actions.map(({ label, url: to }) => [{ text: label, url: to }]),
          },
        }),
        ...notice.extra,
        chat_id: chat,
      },
    };
  },
  answer: z.looseObject({
    ok: z.boolean(),
    error_code: z.number().optional(),
    description: z.string().default('not taken'),
    parameters: z.looseObject({ retry_after: z.number().optional() }).optional(),
  }),
  fault({ ok, error_code: code, description, parameters }) {
    if (ok) return undefined;
    const seconds = parameters?.retry_after;
    return {
      words: `${description} (error_code ${code})`,
      retryAfterMs: seconds === undefined ? undefined : seconds * 1000,
    };
  },
});
