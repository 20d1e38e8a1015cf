// The plugin: offers each configured channel for `notify`, and the action that tries one.
import { SystemClock } from '../../src/base/index.ts';
import type { PluginContext, PluginSetup } from '../../src/plugins/index.ts';
import { Channel } from './channel.ts';
import { readChannels } from './config.ts';
import { fail } from './errors.ts';

const testMessage = {
  title: 'Homerule',
  message: 'This is a test: this channel works. 这是一条测试消息：此渠道工作正常。',
};

function tellHealth(house: PluginContext, channels: readonly Channel[]): void {
  const failed = channels.filter(({ fault }) => fault !== undefined);
  const words = failed.map(({ name, fault }) => `${name}: ${fault}`).join('\n');
  if (failed.length === 0) house.health('ok');
  else house.health(failed.length < channels.length ? 'degraded' : 'failing', words);
}

async function offerTest(house: PluginContext, channels: readonly Channel[]): Promise<void> {
  const names = channels.map(({ name }) => name);
  await house.offerAction({
    name: 'test',
    doc: { en: 'sends a test message through a channel', zh: '通过一个渠道发送测试消息' },
    input: { type: 'object', properties: { channel: { type: 'string' } }, required: ['channel'] },
    async act({ channel: wanted }) {
      const channel = channels.find(({ name }) => name === wanted);
      if (channel === undefined)
        throw fail(
          'notify-channel-missing',
          `no channel "${wanted}"; there are: ${names.join(', ') || 'none'}`,
        );
      await channel.send(testMessage);
      return { sent: channel.name };
    },
  });
}

const setup: PluginSetup = async (house) => {
  const clock = new SystemClock();
  const configured = readChannels(house.config);
  const channels: Channel[] = configured.map(
    (channel) =>
      new Channel({
        channel,
        clock,
        signal: house.signal,
        onState(fault) {
          if (fault === undefined) house.log.info(`${channel.name} works again`);
          else house.log.warn(`${channel.name}: ${fault}`);
          tellHealth(house, channels);
        },
      }),
  );
  for (const channel of channels) {
    const { name, doc } = channel;
    await house.offerChannel({ name, doc, send: (notification) => channel.send(notification) });
  }
  await offerTest(house, channels);
};

export default setup;
