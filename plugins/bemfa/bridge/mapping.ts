// What stands behind one topic of the cloud: a device of the house, or topics of it.
import type { PluginContext } from '../../../src/plugins/index.ts';
import type { LinkTopic } from './cloud-link.ts';

export type BridgeHouse = Pick<PluginContext, 'devices' | 'mqtt' | 'storage' | 'emit' | 'log'>;

export interface Mapping extends LinkTopic {
  /** Who it is, for events and logs. */
  readonly subject: Readonly<Record<string, string>>;
  /** What the cloud should know; undefined while nothing is known. */
  text(): string | undefined;
  /** Does what the cloud says. Throws why it cannot. */
  command(text: string): Promise<void>;
}
