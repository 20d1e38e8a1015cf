// The broker and the bridges of the house, connected to those who hear what they accept.
import { deviceCommandTopics, ruleCommandTopics } from '../api/index.ts';
import type { BatchNumber } from '../base/index.ts';
import { Bridges } from '../bridges/index.ts';
import { Broker, type TlsOptions } from '../broker/index.ts';
import { brokerLimits, type Config, certificatePaths } from '../config/index.ts';
import type { AcceptedMessage } from '../rules/index.ts';
import type { Base, Running } from './parts.ts';

/** Certificate files as configured, or those of `homerule certificate`, which may come while the house runs. */
function tlsOf({ data, tls }: Config): TlsOptions {
  const { cert, key, ca, ...clients } = tls;
  if (cert === undefined || key === undefined)
    return { ...certificatePaths(data), ...clients, mayBeAbsent: true };
  return ca === undefined ? { cert, key, ...clients } : { cert, key, ca, ...clients };
}

function accept(running: Running, message: AcceptedMessage): BatchNumber | undefined {
  const { origin, by: client, topic, payload } = message;
  if (origin === 'client') running.house?.commands.accepted({ topic, payload, client });
  return running.live?.accept(message);
}

export function makeBroker({ ground, running, store }: Base): Broker {
  const { config, clock, log, gate, version } = ground;
  const broker = new Broker({
    listeners: {
      mqtt: config.mqtt,
      mqtts: config.mqtts,
      ws: config.ws,
      wss: config.wss,
      ...(config.mqtt.socket !== undefined && { unix: config.mqtt.socket }),
    },
    tls: tlsOf(config),
    trustedProxies: config.proxy.trusted,
    gate,
    access: {
      ...config.access,
      grantable: [
        ...(config.access.ruleCommands ? ruleCommandTopics : []),
        ...(config.access.deviceCommands ? deviceCommandTopics : []),
      ],
      users: store.users,
      rules: store.acl,
    },
    accept: (message) => accept(running, message),
    isStatisticHeard: (topic) => (running.live?.engine.book.match(topic).all.length ?? 0) > 0,
    commits: store.commits,
    retained: store.retained,
    loadRetained: () => store.retained.all(),
    sessions: store,
    clock,
    log,
    limits: brokerLimits(config),
    version: `homerule version ${version}`,
  });
  broker.onEvent((event) => {
    if (event.kind === 'connected' || event.kind === 'disconnected') running.live?.clientChanged(event);
    running.house?.clientTold(event);
  });
  return broker;
}

export function makeBridges({ ground, store, states }: Base, broker: Broker): Bridges {
  const { config, clock, ids, log, gate } = ground;
  return new Bridges({
    documents: config.bridges,
    local: broker,
    store,
    clock,
    ids,
    log,
    random: Math.random,
    machine: gate.machine,
    latest: (topic) => states.find(topic),
  });
}
