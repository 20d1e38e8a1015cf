// How one trigger stands now: what came last on its topics, whether its condition holds, when its time comes. Kinds that
// wait for something that leaves no trace (events, buttons, webhooks) have nothing to say.
import { valueUnder } from '../compile/value-scope.ts';
import { durationOf } from '../run/duration.ts';
import { traceErrorOf } from '../run/evaluate.ts';
import { triggerWake, type Wake } from '../run/wake.ts';
import { shown } from '../trace/shown.ts';
import type { SignalSource, SilenceSource, TopicSource, Trigger } from '../triggers/kind.ts';
import { isTarget } from '../triggers/wanted.ts';
import { latestOn, type PresentEntry, type PresentScene, standing, wakeBy } from './present-entry.ts';
import { valueHint } from './value-hint.ts';

/** With its `when`, looked at with the same wake-up: it has to hold, too. */
function withWhen(
  { when, path }: Trigger,
  entry: PresentEntry,
  scope: () => ReturnType<PresentScene['bindings']>,
) {
  if (when === undefined || entry.verdict !== 'pass') return entry;
  const { verdict, clauses, error } = standing(when, `${path}.when`, scope());
  return { ...entry, verdict, ...(clauses && { clauses }), ...(error && { error }) };
}

function onTopic(trigger: Trigger, source: TopicSource, scene: PresentScene): PresentEntry {
  const { path } = trigger;
  const state = latestOn(trigger, scene);
  if (state === undefined) return { path, verdict: 'unknown' };
  const { demand } = source;
  const value = valueUnder(state.payload.value, demand.at);
  const isFromWanted = demand.origin === undefined || demand.origin === state.origin;
  const hint =
    'to' in demand
      ? [demand.to]
          .flat()
          .map((each) => valueHint(value, each))
          .find(Boolean)
      : undefined;
  const entry: PresentEntry = {
    path,
    verdict: isFromWanted && isTarget(demand, value) ? 'pass' : 'fail',
    topic: state.topic,
    heardAt: state.at,
    ...(isFromWanted ? { value: shown(value) } : { value: state.origin, wanted: demand.origin }),
    ...('to' in demand && { wanted: demand.to }),
    ...(hint !== undefined && { hint }),
  };
  const wake = { ...wakeBy(trigger, state, scene.at), value };
  return withWhen(trigger, entry, () => scene.bindings(wake));
}

function inSilence(trigger: Trigger, source: SilenceSource, scene: PresentScene): PresentEntry {
  const { path } = trigger;
  const state = latestOn(trigger, scene);
  if (state === undefined) return { path, verdict: 'unknown' };
  const scope = scene.bindings(wakeBy(trigger, state, scene.at));
  const due = state.at + durationOf(source.for, `${path}.for`, { scope, record: undefined });
  const verdict = due <= scene.at ? 'pass' : 'fail';
  return { path, verdict, topic: state.topic, heardAt: state.at, ...(verdict === 'fail' && { due }) };
}

/** Of one device, which is there or not. */
function ofDevice({ path }: Trigger, source: SignalSource, { home }: PresentScene): readonly PresentEntry[] {
  const [name, ...others] = source.names ?? [];
  if (source.signal !== 'device' || name === undefined || others.length > 0) return [];
  const online = home.device(name)?.online;
  if (online === undefined) return [{ path, verdict: 'unknown' }];
  const value = online ? 'online' : 'offline';
  return [{ path, verdict: source.accept({ name, value }, home) ? 'pass' : 'fail', value }];
}

function looked(trigger: Trigger, scene: PresentScene): readonly PresentEntry[] {
  const { source, path } = trigger;
  const wake: Wake = triggerWake(trigger, { at: scene.at, seq: 0 });
  switch (source.on) {
    case 'topic':
      return [onTopic(trigger, source, scene)];
    case 'silence':
      return [inSilence(trigger, source, scene)];
    case 'condition': {
      const scope = scene.bindings({ ...wake, value: true });
      return [withWhen(trigger, standing(source.condition, path, scope), () => scope)];
    }
    case 'schedule': {
      const due = source.next(scene.at, scene.bindings(wake));
      return [{ path, verdict: 'unknown', ...(due !== undefined && { due }) }];
    }
    case 'signal':
      return ofDevice(trigger, source, scene);
  }
}

/** Never throws for what an expression of it gives. */
export function presentTrigger(trigger: Trigger, scene: PresentScene): readonly PresentEntry[] {
  try {
    return looked(trigger, scene);
  } catch (error) {
    return [{ path: trigger.path, verdict: 'unknown', error: traceErrorOf(error, trigger.path) }];
  }
}
