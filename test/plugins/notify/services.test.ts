// Each service on a real socket: what it is sent, and that no error of its answers is lost.
import { describe, expect, it } from 'vitest';
import { sendLimits } from '../../../plugins/notify/channel.ts';
import { services } from '../../../plugins/notify/services/table.ts';
import { channelGround } from './channel-ground.ts';
import { full, serviceCases } from './service-cases.ts';

const http = services.filter(({ name }) => name !== 'email').map(({ name }) => name);

it('has a case for every service', () => {
  expect(serviceCases.map(({ service }) => service)).toEqual(http);
});

describe.each(serviceCases)('$service', ({ service, config, taken, path, headers, body, faults }) => {
  it('is sent everything that it knows', async () => {
    const { peer, channel, states } = await channelGround(taken);
    await channel(service, config).send(full);
    expect(peer.posted.all).toHaveLength(1);
    expect(peer.posted.all[0]).toMatchObject({ path, headers: headers ?? {} });
    expect(peer.posted.all[0]?.body).toEqual(body);
    expect(states).toEqual([]);
  });

  it('is sent fields of its own API', async () => {
    const { peer, channel } = await channelGround(taken);
    await channel(service, config).send({ message: 'x', data: { [service]: { further: { of: 1 } } } });
    expect(peer.posted.all[0]?.body).toMatchObject({ further: { of: 1 } });
  });

  it.each(faults)('says "$words"', async ({ words, tries = 1, ...reply }) => {
    const { peer, clock, channel, states } = await channelGround(taken);
    peer.next(...Array.from({ length: tries }, () => reply));
    const phone = channel(service, config);
    const sent = expect(phone.send(full)).rejects.toMatchObject({
      code: 'notify-failed',
      message: `phone (${service}): ${words}`,
    });
    for (const ms of sendLimits.pausesMs.slice(0, tries - 1)) await clock.pass(ms);
    await sent;
    expect(peer.posted.all).toHaveLength(tries);
    expect(phone.fault).toBe(words);
    await phone.send(full);
    expect(phone.fault).toBeUndefined();
    expect(states).toEqual([words, undefined]);
  });

  it.each([
    [{ status: 302, headers: { location: 'https://login.example/' } }, /redirect to https:\/\/login/],
    [{ body: '<html>Log in to the hotel</html>' }, /(?:is not this service|no ntfy).*hotel|is no ntfy/],
    [{ status: 404, body: '' }, /HTTP 404 Not Found, it said nothing/],
  ])('says that %j is no answer', async (reply, words) => {
    const { peer, channel } = await channelGround(taken);
    peer.next(reply);
    await expect(channel(service, config).send(full)).rejects.toThrow(words);
  });

  it('keeps to the lengths of the service, with a mark', async () => {
    const { peer, channel } = await channelGround(taken);
    const message = '水在地下室！'.repeat(20_000);
    await channel(service, config).send({ title: message, message });
    const sent = JSON.stringify(peer.posted.all[0]?.body);
    expect(Buffer.byteLength(sent)).toBeLessThan(33_000);
    expect(sent).toMatch(/水[^\\"]* … \[\+\d+\]/);
    expect(sent).not.toContain('\uFFFD');
  });
});
