// The composition root: with the files of `app/` the only place that builds the parts of the house and connects them.
import { type House, Watchers } from './api/index.ts';
import { makeBackups } from './app/backups.ts';
import { makeBridges, makeBroker } from './app/broker.ts';
import { makeLearning } from './app/contracts.ts';
import { makeDevices, startDeviceTopics, startHomeAssistant } from './app/devices.ts';
import { makeEngine } from './app/engine.ts';
import { makeFlows } from './app/flows.ts';
import { type Ground, groundOf, type HouseSettings } from './app/ground.ts';
import { makeHouse } from './app/house.ts';
import { Machine } from './app/machine.ts';
import type { Base, Parts, Running } from './app/parts.ts';
import { makePlugins } from './app/plugins.ts';
import { PropertyChanges } from './app/property-changes.ts';
import { addressesOf, type HouseAddress, makeHttp } from './app/web.ts';
import { type HomeruleError, messageOf, releasedAt, startParts, stopParts } from './base/index.ts';
import { type Config, historyPolicy } from './config/index.ts';
import { type Device, Home, type Place, recallPast, TopicStates } from './devices/index.ts';
import { LiveServer } from './live/index.ts';
import { type LiveEngine, RuleLibrary, ShadowLedger } from './rules/index.ts';
import { Store } from './store/index.ts';

export { restartCode } from './app/backups.ts';
export type { HouseSettings } from './app/ground.ts';
export { ownAddresses } from './app/machine.ts';
export * from './app/upkeep.ts';
export type { HouseAddress } from './app/web.ts';

export interface RunningHouse {
  readonly addresses: readonly HouseAddress[];
  /** Makes the first administrator; undefined when there is one. */
  readonly setupCode: string | undefined;
  /** Takes certificates, password file and ACL file anew; what is wrong in them is logged and the old stays in force. */
  reload(): Promise<void>;
  /** Resolves when the house can no longer keep what it promised to keep; end the process then. */
  readonly failed: Promise<HomeruleError>;
  stop(): Promise<void>;
}

/** Undefined when the configuration does not say where the home is. */
function placeOf({ place: { latitude, longitude } }: Config): Place | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** The parts, connected but not started. */
function connect(ground: Ground): Parts {
  const { config, clock, log, failure } = ground;
  const { zone, limits, calendar } = config;
  const store = new Store({
    dir: config.data,
    history: historyPolicy(config),
    clock,
    log,
    onFatal: failure.resolve,
  });
  const states = new TopicStates(store.state, {
    topics: limits.stateTopics,
    payloadBytes: limits.statePayloadBytes,
    topicsPerClient: limits.topicsPerClient,
  });
  const running: Running = { isReady: false };
  const propertyChanges = new PropertyChanges();
  const find = (id: string): Device | undefined => devices.roster.find(id);
  const shadows = new ShadowLedger({ rows: store.shadows, ids: ground.ids, states, devices: { find } });
  const devices = makeDevices({ ground, running, store, states, propertyChanges, shadows });
  const home = new Home({ states, devices, rows: store, zone, clock, calendar, place: placeOf(config) });
  const library = new RuleLibrary(home);
  const base: Base = {
    ground,
    running,
    store,
    states,
    devices,
    ...makeLearning({ ground, running, store, states, devices }),
    home,
    library,
    watchers: new Watchers(),
    propertyChanges,
    shadows,
  };
  const broker = makeBroker(base);
  return {
    ...base,
    broker,
    bridges: makeBridges(base, broker),
    plugins: makePlugins(base, broker),
    flows: makeFlows(base),
    backups: makeBackups(base),
    machine: new Machine(ground),
  };
}

/** Reads what the last process left. */
async function load(parts: Parts): Promise<{ readonly live: LiveEngine; readonly house: House }> {
  const { store, states, devices, home, bridges, plugins, running, ground } = parts;
  const { log, clock } = ground;
  if (clock.now() < releasedAt)
    log.warn({ at: clock.now() }, 'the clock was not set yet: nothing comes due before it is');
  const firstSeq = await store.nextSeqBlock();
  await bridges.load();
  await plugins.load();
  states.load(await store.state.all());
  devices.load({
    devices: await store.devices.all(),
    properties: await store.deviceProperties.all(),
    mappings: await store.deviceMappings.all(),
  });
  parts.contracts.load(await store.contracts.all());
  if (ground.config.devices.learn) for (const topic of parts.contracts.topics()) parts.proposals.look(topic);
  parts.shadows.load(await store.shadows.all(), parts.ground.clock.now());
  home.variables.load(await store.variables.all());
  home.secrets.load(await store.secrets.all());
  const live = makeEngine(parts, firstSeq);
  const house = makeHouse(parts, live);
  running.live = live;
  running.house = house;
  house.loadPeople({
    audit: await store.audit.all(),
    logins: await store.logins.all(),
    tokens: await store.tokens.all(),
  });
  const failed = house.rules.load(await store.rules.all(), await store.ruleVersions.inUse());
  for (const rule of failed)
    log.warn({ rule }, 'this rule has problems now and does not run; see `homerule rule show`');
  await recall(parts);
  live.restore({
    runs: await store.runs.all(),
    effects: await store.effects.all(),
    calls: await store.calls.all(),
    triggers: await store.triggers.all(),
    captures: await store.captures.all(),
    stoppedAt: await store.lastSeen(),
  });
  return { live, house };
}

async function recall({ ground, states, store }: Parts): Promise<void> {
  const { clock, log } = ground;
  const { past } = states;
  const find = (topic: string) => states.find(topic);
  try {
    await recallPast({ past, journal: store.journal, history: store.history, clock, find });
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'the journal cannot be read: windows of time begin now');
  }
}

/** The audit of the restored house does not know why it is as it is. */
async function noteRestore({ audit }: House, { restored, log }: HouseSettings): Promise<void> {
  if (restored === undefined) return;
  const { id, by, kept } = restored;
  log.warn({ ...restored }, `the house is as backup ${id} had it; what was there before is kept in ${kept}`);
  await audit.write({
    ...{ who: by, action: 'backups.restored', target: id, address: '', outcome: 'done' },
    detail: `kept=${kept}`,
  });
}

/** Builds, loads and starts the house. Throws HomeruleError when a port is taken or the data are in use. */
export async function startHouse(settings: HouseSettings): Promise<RunningHouse> {
  const ground = groundOf(settings);
  const { log, clock, version } = ground;
  const parts = connect(ground);
  const { store, broker, bridges, contracts, flows, running, plugins } = parts;
  await startParts([store], log);
  try {
    const { live, house } = await load(parts);
    const liveServer = new LiveServer({ door: house, clock, log, version });
    // http before live: it stops after it, so that open pages are told goodbye instead of being cut off.
    running.liveServer = liveServer;
    running.http = makeHttp(parts, house, liveServer);
    const servers = [broker, bridges, running.http, liveServer, plugins, flows, parts.backups, parts.machine];
    await startParts(servers, log);
    await noteRestore(house, settings);
    running.isReady = true;
    live.start();
    contracts.start();
    const deviceTopics = startDeviceTopics(parts);
    const homeAssistant = startHomeAssistant(parts, house);
    const stop = async (): Promise<void> => {
      live.stop();
      homeAssistant?.stop();
      deviceTopics?.stop();
      await stopParts(servers, log);
      live.releases.close();
      contracts.stop();
      await stopParts([store], log);
    };
    await house.rules
      .recall(store.traces)
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, 'what rules did last is not known'));
    return {
      addresses: addressesOf(parts),
      setupCode: house.entry.setupCode,
      reload: () => broker.reload(),
      failed: ground.failure.promise,
      stop,
    };
  } catch (error) {
    await stopParts([store], log);
    throw error;
  }
}
