// What each service must be sent, and what its own errors become. Times are of the clock of the tests.
import type { Notification } from '../../../src/plugins/index.ts';
import type { Reply } from './http-peer.ts';

export const start = Date.UTC(2026, 0, 1) + 123;

/** Says everything that a rule may say. */
export const full: Notification = {
  title: 'Water',
  message: 'The cellar is wet\nCall somebody',
  data: {
    priority: 'urgent',
    tags: ['droplet', 'cellar'],
    click: 'https://home.example/water',
    actions: [{ label: 'Close', url: 'https://home.example/close' }],
  },
};

const lines =
  'Water\n\nThe cellar is wet\nCall somebody\n\nhttps://home.example/water\nClose: https://home.example/close';

export interface ServiceCase {
  readonly service: string;
  /** `URL` stands for the peer. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly taken: Reply;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Answers and words of the error; each is tried `tries` times (1). */
  readonly faults: readonly (Reply & { readonly words: string; readonly tries?: number })[];
}

export const serviceCases: readonly ServiceCase[] = [
  {
    service: 'ntfy',
    config: { url: 'URL', topic: 'house-4711', token: 'tk_secret' },
    taken: { body: { id: 'x1', time: 1, event: 'message', topic: 'house-4711' } },
    path: '/',
    headers: { authorization: 'Bearer tk_secret' },
    body: {
      topic: 'house-4711',
      title: 'Water',
      message: 'The cellar is wet\nCall somebody',
      priority: 5,
      tags: ['droplet', 'cellar'],
      click: 'https://home.example/water',
      actions: [{ action: 'view', label: 'Close', url: 'https://home.example/close' }],
    },
    faults: [
      {
        status: 403,
        body: { code: 40301, http: 403, error: 'forbidden', link: 'https://ntfy.sh/docs' },
        words: 'forbidden (code 40301)',
      },
      { body: { hello: 'you' }, words: 'what answers is no ntfy' },
      {
        status: 429,
        body: { code: 42901, http: 429, error: 'limit reached: too many requests, please be nice' },
        words: 'limit reached: too many requests, please be nice (code 42901) (tried 3 times)',
        tries: 3,
      },
    ],
  },
  {
    service: 'bark',
    config: { url: 'URL/', key: 'ynJ5Ft4atkMkWeo2PAvFhF', group: 'house' },
    taken: { body: { code: 200, message: 'success', timestamp: 1 } },
    path: '/push',
    body: {
      device_key: 'ynJ5Ft4atkMkWeo2PAvFhF',
      title: 'Water',
      body: 'The cellar is wet\nCall somebody\n\nClose: https://home.example/close',
      level: 'critical',
      url: 'https://home.example/water',
      group: 'house',
    },
    faults: [
      {
        status: 400,
        body: {
          code: 400,
          message:
            'failed to get device token: failed to get [ynJ5Ft4atkMkWeo2PAvFhF] device token from database',
        },
        words: 'failed to get device token: failed to get [•••] device token from database (code 400)',
      },
      {
        status: 500,
        body: { code: 500, message: 'push failed: APNS push failed: ExpiredProviderToken' },
        words: 'push failed: APNS push failed: ExpiredProviderToken (code 500) (tried 3 times)',
        tries: 3,
      },
    ],
  },
  {
    service: 'serverchan',
    config: { url: 'URL', key: 'SCT4711secret' },
    taken: {
      body: { code: 0, message: '', data: { pushid: '1', readkey: 'x', error: 'SUCCESS', errno: 0 } },
    },
    path: '/SCT4711secret.send',
    body: {
      title: 'Water',
      desp: 'The cellar is wet\n\nCall somebody\n\n[https://home.example/water](https://home.example/water)\n\n[Close](https://home.example/close)',
      tags: 'droplet|cellar',
    },
    faults: [
      {
        status: 400,
        body: { code: 40001, message: '[AUTH]bad pushtoken SCT4711secret', info: null },
        words: '[AUTH]bad pushtoken ••• (code 40001)',
      },
      {
        body: { code: 0, message: '', data: { errno: 1024, error: '超过当天的发送次数限制' } },
        words: '超过当天的发送次数限制 (code 1024)',
      },
    ],
  },
  {
    service: 'dingtalk',
    config: { webhook: 'URL/robot/send?access_token=566cc69da782ec', secret: 'SEC-of-the-robot' },
    taken: { body: { errcode: 0, errmsg: 'ok' } },
    path: `/robot/send?access_token=566cc69da782ec&timestamp=${start}&sign=${'cLIw1yxbEkAzeFcK39mtvEr1pogh2d6j6jo9XnX9Koo%3D'}`,
    body: { msgtype: 'text', text: { content: lines } },
    faults: [
      {
        body: { errcode: 310_000, errmsg: 'sign not match for 566cc69da782ec' },
        words: 'sign not match for ••• (errcode 310000)',
      },
      {
        body: { errcode: 130_101, errmsg: 'send too fast, exceed 20 times per minute' },
        words: 'send too fast, exceed 20 times per minute (errcode 130101)',
      },
      { body: { errcode: -1, errmsg: '系统繁忙' }, words: '系统繁忙 (errcode -1) (tried 3 times)', tries: 3 },
    ],
  },
  {
    service: 'feishu',
    config: { webhook: 'URL/open-apis/bot/v2/hook/0a1b2c3d4e', secret: 'SEC-of-the-robot' },
    taken: { body: { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' } },
    path: '/open-apis/bot/v2/hook/0a1b2c3d4e',
    body: {
      msg_type: 'text',
      content: { text: lines },
      timestamp: '1767225600',
      sign: 'dD1zCXhRDI8wI9uXsf47WUYtcNkTC/uXidXJSoHlsJI=',
    },
    faults: [
      {
        body: { code: 19_021, msg: 'sign match fail or timestamp is not within one hour', data: {} },
        words: 'sign match fail or timestamp is not within one hour (code 19021)',
      },
      { body: { StatusCode: 9499, StatusMessage: 'Bad Request' }, words: 'Bad Request (code 9499)' },
      {
        body: { code: 11_232, msg: 'frequency limited' },
        words: 'frequency limited (code 11232) (tried 3 times)',
        tries: 3,
      },
    ],
  },
  {
    service: 'wecom',
    config: { webhook: 'URL/cgi-bin/webhook/send?key=693a91f6-7xxx' },
    taken: { body: { errcode: 0, errmsg: 'ok' } },
    path: '/cgi-bin/webhook/send?key=693a91f6-7xxx',
    body: { msgtype: 'text', text: { content: lines } },
    faults: [
      {
        body: { errcode: 93_000, errmsg: 'invalid webhook url, hint: [1]' },
        words: 'invalid webhook url, hint: [1] (errcode 93000)',
      },
      {
        body: { errcode: 45_009, errmsg: 'api freq out of limit' },
        words: 'api freq out of limit (errcode 45009)',
      },
    ],
  },
  {
    service: 'telegram',
    config: { url: 'URL', token: '110201543:AAHdqTcvCH1vGWJxfSe', chat: '-1001' },
    taken: { body: { ok: true, result: { message_id: 1 } } },
    path: '/bot110201543:AAHdqTcvCH1vGWJxfSe/sendMessage',
    body: {
      chat_id: '-1001',
      text: 'Water\n\nThe cellar is wet\nCall somebody\n\nhttps://home.example/water',
      entities: [{ type: 'bold', offset: 0, length: 5 }],
      disable_notification: false,
      reply_markup: { inline_keyboard: [[{ text: 'Close', url: 'https://home.example/close' }]] },
    },
    faults: [
      {
        status: 400,
        body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
        words: 'Bad Request: chat not found (error_code 400)',
      },
      {
        status: 401,
        body: { ok: false, error_code: 401, description: 'Unauthorized' },
        words: 'Unauthorized (error_code 401)',
      },
      {
        status: 429,
        body: {
          ok: false,
          error_code: 429,
          description: 'Too Many Requests: retry after 34',
          parameters: { retry_after: 34 },
        },
        words: 'Too Many Requests: retry after 34 (error_code 429) (it asks to wait 34 s)',
      },
    ],
  },
];
