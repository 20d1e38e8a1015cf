// The plugin: offers devices and topics of the house to speakers through one or more accounts of the Bemfa cloud.
import { type Clock, messageOf, SystemClock } from '../../../src/base/index.ts';
import type { PluginContext, PluginSetup } from '../../../src/plugins/index.ts';
import { AccountBridge } from './account.ts';
import { type Account, offerActions } from './actions.ts';
import { type AccountConfig, accountsOf } from './config.ts';
import { Imports } from './imports.ts';
import type { BridgeHouse } from './mapping.ts';
import { Offers } from './offers.ts';
import { TopicMap } from './topic-map.ts';

/** Devices may come later than the plugin, and what the cloud refused may be had after all. */
const lookAgainMs = 60_000;

export interface AccountGround {
  readonly house: BridgeHouse;
  readonly clock: Clock;
  readonly onHealth: () => void;
}

async function mapTopics(bridge: AccountBridge, { topics, state }: AccountConfig, house: BridgeHouse) {
  for (const entry of topics) {
    const map = TopicMap.of(entry, house, state);
    const about = `topic ${entry.topic}`;
    if (typeof map === 'string') bridge.note(about, `${entry.topic}: ${map}`);
    else {
      const undo = await map.listen(() => bridge.report(map));
      await bridge.add(map, undo).catch((error: unknown) => bridge.note(about, messageOf(error)));
    }
  }
}

/** With all that its configuration says, and connecting. */
export async function openAccount(config: AccountConfig, ground: AccountGround): Promise<Account> {
  const { house } = ground;
  const bridge = new AccountBridge({ config, ...ground });
  const offers = new Offers({ config, house, bridge });
  await mapTopics(bridge, config, house);
  await offers.load();
  bridge.start();
  const imports = config.import ? new Imports({ ...ground, bridge }) : undefined;
  await imports?.start();
  return { bridge, offers, imports };
}

function tellHealth(house: PluginContext, accounts: readonly Account[]): void {
  const words = accounts.flatMap(({ bridge }) =>
    bridge.words === '' ? [] : [`${bridge.name}: ${bridge.words}`],
  );
  const isDown = accounts.some(({ bridge }) => !bridge.isUp);
  house.health(isDown ? 'failing' : words.length > 0 ? 'degraded' : 'ok', words.join('\n'));
}

const setup: PluginSetup = async (house) => {
  const clock = new SystemClock();
  const accounts: Account[] = [];
  house.signal.addEventListener('abort', () => {
    for (const { bridge, imports } of accounts) {
      imports?.stop();
      bridge.stop().catch((error: unknown) => house.log.warn(messageOf(error)));
    }
  });
  await house.devices.onChange(({ device, property, value }) => {
    for (const { bridge } of accounts) bridge.changed(device, property, value);
  });
  const onHealth = () => tellHealth(house, accounts);
  for (const config of accountsOf(house.config)) {
    const account = await openAccount(config, { house, clock, onHealth });
    accounts.push(account);
    if (account.imports !== undefined) {
      house.timers.every(config.importEvery * 1000, () => account.imports?.look());
    }
  }
  await offerActions(house, accounts);
  onHealth();
  house.timers.every(lookAgainMs, async () => {
    for (const { bridge, offers } of accounts) {
      await offers.look();
      await bridge.link.retry();
    }
    onHealth();
  });
};

export default setup;
