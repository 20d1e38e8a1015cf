// The use cases of the house, with every port that they ask for.
import { House, type MessagePort, type SystemPort } from '../api/index.ts';
import type { Broker } from '../broker/index.ts';
import { translateHomeAssistantText } from '../config/index.ts';
import type { LiveEngine } from '../rules/index.ts';
import { Backtests } from './backtest/backtests.ts';
import { backupsPort } from './backups.ts';
import { recollectFor } from './engine.ts';
import { makeFlowSeeds } from './flows.ts';
import type { Parts, Running } from './parts.ts';
import { replayGroundOf } from './replays.ts';
import { addressesOf } from './web.ts';

function liveCounters({ liveServer }: Running): Readonly<Record<string, number>> {
  if (liveServer === undefined) return {};
  const { lagged, eventsDropped, closedSlow, refused, sockets } = liveServer.counters();
  return {
    ...{ liveLagged: lagged, liveEventsDropped: eventsDropped },
    ...{ liveClosedSlow: closedSlow, liveRefused: refused, liveSockets: sockets },
  };
}

function systemOf(parts: Parts): SystemPort {
  const { ground, running, states, contracts, store, broker, bridges, plugins, flows } = parts;
  const { config, version } = ground;
  return {
    version,
    dataDir: config.data,
    machine: () => parts.machine.view(),
    isReady: () => running.isReady,
    listeners: () => addressesOf(parts).map(({ kind, url }) => ({ kind, address: url })),
    counters: () => ({
      ...states.past.counters(),
      ...contracts.counters(),
      ...parts.proposals.counters(),
      ...store.counters(),
      ...broker.counters(),
      ...bridges.counters(),
      ...plugins.counters(),
      ...flows.counters(),
      ...parts.backups.counters(),
      ...running.flowsProxy?.counters(),
      ...liveCounters(running),
    }),
  };
}

/** What the house says to subscribers alone. */
export function announcing(broker: Broker): Pick<MessagePort, 'announce' | 'retainedTopics'> {
  return {
    announce: (message) => broker.release({ retain: false, ...message, qos: 0, origin: 'rule' }),
    *retainedTopics(filter) {
      for (const { topic } of broker.retained(filter)) yield topic;
    },
  };
}

export function makeHouse(parts: Parts, live: LiveEngine): House {
  const { clock, ids, log, config } = parts.ground;
  const { store, states, devices, home, library, watchers, broker, bridges, contracts, plugins, flows } =
    parts;
  return new House({
    live,
    library,
    states,
    contracts,
    devices,
    variables: home.variables,
    shadows: parts.shadows,
    secrets: home.secrets,
    watchers,
    log,
    tellsOutcomes: config.rules.outcomes,
    translate: translateHomeAssistantText,
    clock,
    ids,
    home,
    functions: home.functions,
    traces: store.traces,
    history: store.history,
    journal: store.journal,
    backtest: new Backtests(parts),
    past: store.past,
    replays: replayGroundOf(parts),
    recollect: (wanted) => recollectFor(parts, wanted),
    people: store,
    store: {
      commits: store.commits,
      rules: store.rules,
      versions: store.ruleVersions,
      versionsOf: (rule) => store.ruleVersions.list(rule),
      journalFrom: () => store.journalFrom(),
    },
    broker: {
      publish: (message) => broker.publish(message),
      ...announcing(broker),
      isHeard: (topic) => broker.isHeard(topic),
      isRetained: (topic) => broker.isRetained(topic),
      clearRetained: (topic) => broker.clearRetained(topic),
    },
    clients: {
      connected: () => broker.clients(),
      away: () => broker.absentSessions(),
      end: (id) => broker.disconnect(id) || broker.forgetSession(id),
    },
    access: { ...broker.access.port(store.commits), verify: (login) => broker.verify(login) },
    backups: backupsPort(parts),
    bridges,
    plugins,
    flows,
    flowSeeds: makeFlowSeeds(parts),
    system: systemOf(parts),
  });
}
