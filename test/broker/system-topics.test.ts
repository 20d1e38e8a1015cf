// The ten-second beat of the statistics, on a clock that the test moves.
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { SystemTopics } from '../../src/broker/system-topics.ts';

test('are sent at the start and every ten seconds until stopped', () => {
  const clock = new VirtualClock(0);
  const sent: string[] = [];
  let received = 0;
  const topics = new SystemTopics({
    clock,
    version: 'v',
    figures: () => ({
      clientsConnected: 1,
      clientsTotal: 2,
      messagesReceived: received++,
      messagesSent: 4,
      publishesReceived: 5,
      publishesSent: 6,
      retained: 7,
      subscriptions: 8,
    }),
    route: (packet) => {
      expect(packet).toMatchObject({ retain: true, qos: 0 });
      sent.push(`${packet.topic.slice(12)}=${packet.payload}`);
    },
  });
  topics.start();
  expect(sent).toContain('uptime=0 seconds');
  expect(sent).toContain('clients/total=2');
  sent.length = 0;
  clock.advance(9_999);
  expect(sent).toEqual([]);
  clock.advance(1);
  expect(sent).toContain('uptime=10 seconds');
  expect(sent).toContain('messages/received=1');
  topics.stop();
  sent.length = 0;
  clock.advance(60_000);
  expect(sent).toEqual([]);
});
