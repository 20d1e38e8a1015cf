// A broker on the other side: one of ours, or mosquitto, used the same way.
import { connectAsync, type MqttClient } from 'mqtt';
import { Mosquitto } from '../cli/mosquitto.ts';
import { startHouse } from './support.ts';

export interface Remote {
  readonly port: number;
  readonly address: string;
  publish(topic: string, payload: string, options: { retain: boolean; qos: 0 | 1 | 2 }): Promise<void>;
  /** Resolves when subscribed, with a function that waits for so many messages (`topic payload`). */
  listen(filter: string): Promise<(count: number) => Promise<string[]>>;
  stop(): Promise<void>;
}

async function startBroker(kind: 'house' | 'mosquitto'): Promise<{ port: number; stop(): Promise<void> }> {
  return kind === 'house' ? startHouse({ name: 'remote' }) : Mosquitto.start();
}

export async function startRemote(kind: 'house' | 'mosquitto'): Promise<Remote> {
  const broker = await startBroker(kind);
  const clients: MqttClient[] = [];
  const client = async (): Promise<MqttClient> => {
    const connected = await connectAsync({ host: '127.0.0.1', port: broker.port, reconnectPeriod: 0 });
    clients.push(connected);
    return connected;
  };
  const publisher = await client();
  return {
    port: broker.port,
    address: `127.0.0.1:${broker.port}`,
    publish: async (topic, payload, options) => {
      await publisher.publishAsync(topic, payload, options);
    },
    listen: async (filter) => {
      const listener = await client();
      const heard: string[] = [];
      let look = (): void => undefined;
      listener.on('message', (topic, payload) => {
        heard.push(`${topic} ${payload}`);
        look();
      });
      await listener.subscribeAsync(filter, { qos: 2 });
      return (count) =>
        new Promise((resolve) => {
          look = () => {
            if (heard.length >= count) resolve(heard);
          };
          look();
        });
    },
    stop: async () => {
      for (const each of clients) await each.endAsync(true);
      await broker.stop();
    },
  };
}
