// What every channel does around its service: attempts, pauses, bounds, and secrets kept.
import { describe, expect, it } from 'vitest';
import { cut } from '../../../plugins/notify/cut.ts';
import { redactor } from '../../../plugins/notify/redaction.ts';
import { channelGround } from './channel-ground.ts';

const taken = { body: { errcode: 0, errmsg: 'ok' } };
const token = 'key-of-the-robot-4711';
const config = { webhook: `URL/send?key=${token}` };
const hello = { message: 'hello' };

describe('a channel', () => {
  it.each([
    ['a lost connection', { does: 'hang up' }, 1000],
    ['a server in trouble', { status: 503, body: 'busy' }, 1000],
    ['Retry-After in seconds', { status: 429, headers: { 'retry-after': '7' } }, 7000],
    [
      'Retry-After as a date',
      { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' } },
      8877,
    ],
  ] as const)('tries again after %s', async (_, reply, pauseMs) => {
    const { peer, clock, channel, states } = await channelGround(taken);
    peer.next(reply);
    const sent = channel('wecom', config).send(hello);
    await clock.pass(pauseMs);
    await sent;
    expect(peer.posted.all).toHaveLength(2);
    expect(states).toEqual([]);
  });

  it('gives each attempt ten seconds, and all of them less than the house waits', async () => {
    const { peer, clock, channel } = await channelGround({ does: 'silence' });
    const from = clock.now();
    const sent = expect(channel('wecom', config).send(hello)).rejects.toThrow(
      'phone (wecom): no answer within 4 s (tried 3 times)',
    );
    for (const ms of [10_000, 1000, 10_000, 3000, 4000]) await clock.pass(ms);
    await sent;
    expect(clock.now() - from).toBe(28_000);
    expect(peer.posted.all.length).toBeLessThanOrEqual(3);
  });

  it('says where it cannot get to, and not with which secret', async () => {
    const { peer, clock, channel } = await channelGround(taken);
    const phone = channel('wecom', config);
    await peer.stop();
    const sent = phone.send(hello).catch(String);
    for (const ms of [1000, 3000]) await clock.pass(ms);
    expect(await sent).toMatch(/phone \(wecom\): it cannot be reached: .*ECONNREFUSED.*\(tried 3 times\)/);
    expect(await sent).not.toContain(token);
  });

  it('ends its pauses when the plugin is switched off', async () => {
    const { peer, clock, channel, stop } = await channelGround(taken);
    peer.next({ status: 503 });
    const sent = expect(channel('wecom', config).send(hello)).rejects.toThrow(/switched off/);
    await clock.armed.until((ms) => ms === 1000);
    stop.abort();
    await sent;
  });

  it('sends ten at once and one a second, and refuses the rest with words', async () => {
    const { peer, clock, channel } = await channelGround(taken);
    const phone = channel('wecom', config);
    const refusal = { code: 'notify-too-many', message: expect.stringContaining('was not sent') };
    await Promise.all(Array.from({ length: 10 }, () => phone.send(hello)));
    await expect(phone.send(hello)).rejects.toMatchObject(refusal);
    clock.advance(1000);
    await phone.send(hello);
    await expect(phone.send(hello)).rejects.toThrow('(2 so far)');
    expect(peer.posted.all).toHaveLength(11);
  });

  it.each([
    [{ priority: 9 }, /priority: expected 1 to 5 or min, low/],
    [{ prio: 1 }, /prio/],
    [{ click: 'nowhere' }, /click: expected an address/],
    [{ actions: [{ label: 'x' }] }, /actions: 0: url/],
    ['loud', /expected object/],
  ])('refuses data like %j', async (data, words) => {
    const { peer, channel } = await channelGround(taken);
    const sent = channel('wecom', config).send({ message: 'x', data });
    await expect(sent).rejects.toMatchObject({
      code: 'notify-data-invalid',
      message: expect.stringMatching(words),
    });
    expect(peer.posted.all).toEqual([]);
  });
});

describe('cut', () => {
  it.each([
    ['short', 10, 'bytes', 'short'],
    ['0123456789abcdefghij', 19, 'bytes', '012345678 … [+11]'],
    ['水水水水水水水水', 16, 'bytes', '水水 … [+6]'],
    ['🚰🚰🚰🚰🚰🚰🚰🚰', 13, 'units', '🚰🚰🚰 … [+5]'],
  ] as const)('of %j to %i %s is %j', (text, most, of, expected) => {
    expect(cut(text, { most, of })).toBe(expected);
  });
});

describe('redaction', () => {
  it.each([
    [
      'to https://a.example/b?key=12345678 and 12345678',
      ['https://a.example/b?key=12345678'],
      'to ••• and •••',
    ],
    ['in a%2Fb%3Dc', ['a/b=c'], 'in •••'],
    ['hook 0a1b2c3d4e', ['https://a.example/hook/0a1b2c3d4e'], 'hook •••'],
    ['"a\\"b"', ['a"b'], '"•••"'],
  ])('of %j', (words, secrets, expected) => {
    expect(redactor(secrets)(words)).toBe(expected);
  });
});
