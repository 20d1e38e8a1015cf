// E-mail against an SMTP server on a real socket: security, login, the message itself, and every refusal.
import { describe, expect, it, onTestFinished } from 'vitest';
import { CertificateAuthority } from '../../support/certificates.ts';
import { channelGround } from './channel-ground.ts';
import { full } from './service-cases.ts';
import { type SmtpOptions, SmtpPeer } from './smtp-peer.ts';

const authority = new CertificateAuthority('test');
const password = 'open-sesame-4711';
const people = { from: 'Home <home@example.org>', to: ['ann@example.org', 'bo@example.org'] };
const login = { user: 'home', password };

async function mailGround(options: Partial<SmtpOptions> = {}) {
  const security = options.security ?? 'tls';
  const peer = await SmtpPeer.start({
    pem: authority.server(),
    auth: 'PLAIN',
    login: `home:${password}`,
    ...options,
    security,
  });
  onTestFinished(() => peer.stop());
  const { channel, clock } = await channelGround({});
  const server = { host: '127.0.0.1', port: peer.port, security, ca: authority.cert };
  return { peer, clock, mail: (more: object = login) => channel('email', { ...server, ...people, ...more }) };
}

/** The body of a message of one part. */
function bodyOf(text: string): string {
  const [head = '', ...rest] = text.split('\n\n');
  const body = rest.join('\n\n');
  return /^content-transfer-encoding: base64/im.test(head) ? Buffer.from(body, 'base64').toString() : body;
}

describe('e-mail', () => {
  it.each([
    ['tls', 'PLAIN'],
    ['tls', 'LOGIN'],
    ['starttls', 'PLAIN'],
  ] as const)('is sent over %s with AUTH %s', async (security, auth) => {
    const { peer, mail } = await mailGround({ security, auth });
    await mail().send(full);
    const [sent] = peer.mails.all;
    expect(sent).toMatchObject({
      from: 'home@example.org',
      to: people.to,
      isEncrypted: true,
      login: `home:${password}`,
    });
    expect(sent?.text).toMatch(/^Subject: Water$/m);
    expect(sent?.text).toMatch(/^From: Home <home@example.org>$/m);
    expect(sent?.text).toMatch(/^Importance: High$/im);
    expect(bodyOf(sent?.text ?? '')).toContain(
      'The cellar is wet\nCall somebody\n\nhttps://home.example/water',
    );
  });

  it('is sent to a server of the house without TLS and login', async () => {
    const { peer, mail } = await mailGround({ security: 'none' });
    await mail({}).send({ message: '地下室有水\n快来' });
    const [sent] = peer.mails.all;
    expect(sent).toMatchObject({ isEncrypted: false, login: '' });
    expect(sent?.text).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(bodyOf(sent?.text ?? '')).toContain('地下室有水\n快来');
  });

  it('takes other recipients from data, and nothing that could read a file', async () => {
    const { peer, mail } = await mailGround();
    await mail().send({ message: 'x', data: { email: { to: ['cy@example.org'] } } });
    expect(peer.mails.all[0]?.to).toEqual(['cy@example.org']);
    const attachments = [{ path: '/etc/hostname' }];
    await expect(mail().send({ message: 'x', data: { email: { attachments } } })).rejects.toThrow(
      /attachments/,
    );
  });

  it('cannot be given a header by a title', async () => {
    const { peer, mail } = await mailGround();
    await mail().send({ title: 'a\r\nBcc: eve@example.org', message: 'x' });
    expect(peer.mails.all[0]?.text).toMatch(/^Subject: a Bcc: eve@example.org$/m);
    expect(peer.mails.all[0]?.text).not.toMatch(/^Bcc/m);
  });

  it('never says a password without TLS', async () => {
    const { mail } = await mailGround({ security: 'none' });
    expect(() => mail()).toThrow(/a password needs security: tls or starttls/);
    const { peer, clock, mail: upgraded } = await mailGround({ security: 'starttls' });
    for (let i = 0; i < 3; i++) peer.refuse('STARTTLS', '454 TLS not available');
    const sent = expect(upgraded().send(full)).rejects.toThrow(/TLS/);
    for (const ms of [1000, 3000]) await clock.pass(ms);
    await sent;
    expect(peer.mails.all).toEqual([]);
  });

  it('does not trust a server whose certificate it does not know', async () => {
    const { clock, mail } = await mailGround();
    const sent = expect(mail({ ...login, ca: undefined }).send(full)).rejects.toThrow(/certificate/);
    for (const ms of [1000, 3000]) await clock.pass(ms);
    await sent;
  });

  it.each([
    ['RCPT', '550 5.1.1 no such user', /550 5\.1\.1 no such user/],
    ['MAIL', '553 5.7.1 not your sender', /553 5\.7\.1 not your sender/],
    ['DATA', '554 5.7.1 looks like spam', /554 5\.7\.1 looks like spam/],
  ])('says what the server answers to %s, at once', async (command, answer, words) => {
    const { peer, mail } = await mailGround();
    peer.refuse(command, answer);
    await expect(mail({ ...login, to: ['ann@example.org'] }).send(full)).rejects.toThrow(words);
    expect(peer.mails.all).toEqual([]);
  });

  it('says who does not have it', async () => {
    const { peer, mail } = await mailGround();
    peer.refuse('RCPT TO:<bo', '550 no such user');
    await expect(mail().send(full)).rejects.toThrow('not taken for bo@example.org; the others have it');
    expect(peer.mails.all).toHaveLength(1);
  });

  it('says that the login is wrong, and not with which password', async () => {
    const { mail } = await mailGround({ login: 'home:other' });
    const words = await mail().send(full).catch(String);
    expect(words).toMatch(/Invalid login: 535 5\.7\.8 authentication failed for home:•••/);
  });

  it('tries again what may pass', async () => {
    const { peer, clock, mail } = await mailGround();
    peer.refuse('MAIL', '451 4.7.1 greylisted');
    const sent = mail().send(full);
    await clock.pass(1000);
    await sent;
    expect(peer.mails.all).toHaveLength(1);
  });

  it('does not wait for a server that is silent', async () => {
    const { peer, clock, mail } = await mailGround();
    peer.refuse('EHLO', 'silence');
    const sent = mail().send(full);
    await peer.heard.until((line) => line.startsWith('EHLO'));
    await clock.pass(10_000);
    await clock.pass(1000);
    await sent;
    expect(peer.mails.all).toHaveLength(1);
  });
});
