// E-mail by SMTP, over TLS unless the server is one's own without a password.
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { messageOf } from '../../../src/base/index.ts';
import { cut } from '../cut.ts';
import { type Notice, plainText, titleOf } from '../notice.ts';
import { SendFault, secret, service } from '../service.ts';

const ports = { tls: 465, starttls: 587, none: 25 } as const;
const recipients = z.array(z.string().min(3)).min(1).max(50);

const config = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .meta({ title: 'Mail server', zh: { title: '邮件服务器' } }),
    security: z
      .enum(['tls', 'starttls', 'none'])
      .default('tls')
      .meta({ title: 'Security', zh: { title: '加密方式' } }),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .meta({
        title: 'Port',
        description: '465, 587 or 25 by security',
        zh: { title: '端口', description: '随加密方式默认为 465、587 或 25' },
      }),
    user: z
      .string()
      .optional()
      .meta({ title: 'User', zh: { title: '用户名' } }),
    password: secret()
      .optional()
      .meta({ title: 'Password', zh: { title: '密码' } }),
    from: z
      .string()
      .min(3)
      .meta({
        title: 'From',
        description: 'home@example.org, or Home <home@example.org>',
        zh: { title: '发件人', description: 'home@example.org 或 家 <home@example.org>' },
      }),
    to: recipients.meta({ title: 'To', zh: { title: '收件人' } }),
    ca: z
      .string()
      .optional()
      .meta({
        title: 'CA',
        description: 'Certificate (PEM) of the CA of a server of one’s own',
        zh: { title: 'CA 证书', description: '自建服务器的 CA 证书（PEM）' },
      }),
  })
  .refine(({ security, password }) => security !== 'none' || password === undefined, {
    error: 'a password needs security: tls or starttls',
  });
type Config = z.output<typeof config>;

/** What `data.email` may say. Not all of the library's fields: some of them read files. */
const extra = z.strictObject({
  to: recipients.optional(),
  cc: recipients.optional(),
  replyTo: z.string().optional(),
  html: z.string().max(1_000_000).optional(),
});

function transportOf({ host, security, port, user, password, ca }: Config) {
  return createTransport({
    host,
    port: port ?? ports[security],
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...(ca !== undefined && { tls: { ca } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function mailOf({ from, to }: Config, notice: Notice) {
  const priority = notice.priority > 3 ? 'high' : notice.priority < 3 ? 'low' : 'normal';
  return {
    from,
    to,
    subject: cut(titleOf(notice), { most: 200, of: 'units' }),
    text: cut(plainText({ ...notice, title: undefined }), { most: 100_000, of: 'bytes' }),
    ...(priority !== 'normal' && ({ priority } as const)),
    ...extra.parse(notice.extra),
  };
}

/** Only the server's final word means that another attempt is in vain. */
function isFinal(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'permanent') === true;
}

export const email = service({
  name: 'email',
  doc: { en: 'E-mail', zh: '电子邮件' },
  config,
  extra,
  async send(channel: Config, notice, { signal }) {
    const mail = mailOf(channel, notice);
    const transport = transportOf(channel);
    try {
      const { rejected } = await transport.sendMail({ ...mail, signal });
      if (rejected.length > 0)
        throw new SendFault(`not taken for ${rejected.join(', ')}; the others have it`, { isPassing: false });
    } catch (error) {
      if (error instanceof SendFault) throw error;
      if (signal.aborted) throw signal.reason;
      throw new SendFault(messageOf(error), { isPassing: !isFinal(error) });
    } finally {
      transport.close();
    }
  },
});
