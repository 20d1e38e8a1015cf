// The engine in the running house: its rows, its services, and who is told of what it does.
import { messageOf, parseDuration, releasedAt } from '../base/index.ts';
import { type Recollection, recollect, type WantedPast } from '../devices/index.ts';
import { outsideServices } from '../outside/index.ts';
import { LiveEngine, outgoing, type Service, type Services } from '../rules/index.ts';
import type { Parts } from './parts.ts';
import { pluginServices } from './plugins.ts';

/** What actions ask of the outside. */
function servicesOf({ ground, plugins, running }: Parts): Services {
  const { clock, config } = ground;
  const outside = outsideServices({ clock, allow: config.http.allow });
  const flow: Service = async (request, call) => running.house?.flowCalls.call(request, call);
  return new Map([...outside, ...pluginServices(plugins), ['flow', flow]]);
}

/** What newly asked topics did before; a journal that cannot be read tells nothing. */
export async function recollectFor(
  { ground, store }: Parts,
  wanted: readonly WantedPast[],
): Promise<readonly Recollection[]> {
  const { clock, log } = ground;
  try {
    return await recollect({ journal: store.journal, history: store.history, clock }, wanted);
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'the journal cannot be read: windows of time begin now');
    return wanted.map((one) => ({ ...one, from: clock.now(), told: undefined }));
  }
}

export function makeEngine(parts: Parts, firstSeq: number): LiveEngine {
  const { clock, ids, log, config } = parts.ground;
  const { store, states, devices, contracts, home, library, running, broker, shadows } = parts;
  const { breaker } = config.rules;
  return new LiveEngine({
    states,
    devices,
    home,
    library,
    rows: store,
    variables: home.variables,
    recollect: (wanted) => recollectFor(parts, wanted),
    beat: (at) => store.alive.beat(at),
    services: servicesOf(parts),
    commits: store.commits,
    clock,
    ids,
    firstSeq,
    breaker: { runs: breaker.runs, inMs: parseDuration(breaker.in) },
    plausibleFrom: releasedAt,
    observer: {
      input: (input) => store.journal.append(input),
      stateKept: (state) => {
        contracts.note(state.topic);
        shadows.stateKept(state);
        running.house?.stateKept(state);
      },
      trace: (trace) => {
        store.traces.put(trace);
        running.house?.runEnded(trace);
      },
      runChanged: (trace) => running.house?.runTold(trace),
      timerChanged: (timer, isArmed) => running.house?.timers.told(timer, isArmed),
      switched: (rule, enabled) => running.house?.rules.keepSwitched(rule, enabled),
      log: (rule, text) => {
        log.info({ rule }, text);
        running.house?.lines.rule(rule, text);
      },
    },
    shadowed: (effect) => shadows.shadowed(effect),
    send: (effect, isRepeated) => broker.release(outgoing(effect, isRepeated)),
  });
}
