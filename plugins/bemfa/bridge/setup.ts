// The plugin: offers devices of the house to speakers through one or more accounts of the Bemfa cloud.
import { messageOf, SystemClock } from '../../../src/base/index.ts';
import type { PluginContext, PluginSetup } from '../../../src/plugins/index.ts';
import { AccountBridge } from './account.ts';
import { type AccountConfig, accountsOf } from './config.ts';

/** Devices may come later than the plugin. */
const lookAgainMs = 60_000;

interface Named {
  readonly config: AccountConfig;
  readonly bridge: AccountBridge;
}

function tellHealth(house: PluginContext, accounts: readonly Named[]): void {
  const words = accounts.flatMap(({ config, bridge }) =>
    bridge.words === '' ? [] : [`${config.name}: ${bridge.words}`],
  );
  const isDown = accounts.some(({ bridge }) => !bridge.isUp);
  house.health(isDown ? 'failing' : words.length > 0 ? 'degraded' : 'ok', words.join('\n'));
}

const setup: PluginSetup = async (house) => {
  const clock = new SystemClock();
  const accounts: Named[] = accountsOf(house.config).map((config) => ({
    config,
    bridge: new AccountBridge({ config, house, clock, onHealth: () => tellHealth(house, accounts) }),
  }));
  house.signal.addEventListener('abort', () => {
    for (const { bridge } of accounts) {
      bridge.stop().catch((error: unknown) => house.log.warn(messageOf(error)));
    }
  });
  await house.devices.onChange(({ device, property, value }) => {
    for (const { bridge } of accounts) bridge.changed(device, property, value);
  });
  for (const { bridge } of accounts) await bridge.start();
  house.timers.every(lookAgainMs, async () => {
    for (const { bridge } of accounts) if (bridge.isIncomplete) await bridge.start();
    tellHealth(house, accounts);
  });
};

export default setup;
