// How the triggers and conditions of a text stand now: whether each would pass, what decides, and how far that is from
// turning. Reads what can be read of an unfinished text; says nothing of what is wrong with it, and changes nothing.
import { CompileContext } from '../compile/context.ts';
import { variableTopic } from '../compile/reads.ts';
import { compileRows, type Row, rowsNow } from '../compile/rows.ts';
import { compileVariables, namesOf } from '../compile/rule.ts';
import { compileTriggers } from '../compile/triggers.ts';
import { Findings } from '../model/problem.ts';
import { readSource } from '../model/source.ts';
import { Bindings } from '../run/bindings.ts';
import { evaluateValue } from '../run/evaluate.ts';
import { bareWake, type Wake } from '../run/wake.ts';
import type { Trigger } from '../triggers/kind.ts';
import {
  latestOn,
  type PresentEntry,
  type PresentHouse,
  type PresentScene,
  type PresentVerdict,
  standing,
  wakeBy,
} from './present-entry.ts';
import { conditionsIn } from './present-places.ts';
import { presentTrigger } from './present-trigger.ts';

export interface Present {
  readonly entries: readonly PresentEntry[];
  /** Of the topics whose messages may change it; undefined: any. */
  readonly filters: readonly string[] | undefined;
  readonly readsDevices: boolean;
}

const mostEntries = 200;
const mostRows = 20;
/** None while the rows of `each` cannot be told. */
function rowsOf(document: object, { context, home, at }: PresentScene): readonly (Row | undefined)[] {
  const { rows, expression } = compileRows(Reflect.get(document, 'each'), context);
  if (expression === undefined) return rows ?? [undefined];
  try {
    return rowsNow(expression, { home, at });
  } catch {
    return []; // its problem is told by the check
  }
}

function triggersOf(document: object, scene: PresentScene): readonly Trigger[] {
  const rows = rowsOf(document, scene).slice(0, mostRows);
  return compileTriggers(Reflect.get(document, 'triggers'), rows, scene.context);
}

/** Of the rows of one entry the one that is nearest to passing. */
function merged(entries: readonly PresentEntry[]): PresentEntry[] {
  const order: readonly PresentVerdict[] = ['pass', 'fail', 'unknown'];
  const byPath = new Map<string, PresentEntry>();
  for (const entry of entries) {
    const known = byPath.get(entry.path);
    if (known === undefined || order.indexOf(entry.verdict) < order.indexOf(known.verdict))
      byPath.set(entry.path, entry);
  }
  return [...byPath.values()];
}

function sceneOf(document: object, house: PresentHouse): PresentScene {
  const names = namesOf(document);
  const context = new CompileContext({
    names,
    findings: new Findings(),
    home: house.settings,
    past: 'refused',
  });
  const written: unknown = Reflect.get(document, 'variables');
  const isTree = typeof written === 'object' && written !== null && !Array.isArray(written);
  const variables = isTree ? compileVariables({ variables: { ...written } }, context) : [];
  const bindings = (wake: Wake): Bindings => {
    const scope = new Bindings({ names, seed: 0 }, wake, house.home);
    for (const { name, value } of variables) {
      try {
        scope.set(name, evaluateValue(value, { scope, record: undefined }));
      } catch {
        break; // what reads it, and those behind it, finds it missing
      }
    }
    return scope;
  };
  return { ...house, context, bindings };
}

/** What woke the rule last, as far as its triggers tell. */
function lastWake(triggers: readonly Trigger[], scene: PresentScene): Wake {
  const woken = triggers.flatMap((trigger) => {
    const state = trigger.enabled && trigger.source.on === 'topic' ? latestOn(trigger, scene) : undefined;
    return state === undefined ? [] : [{ trigger, state }];
  });
  const [latest] = woken.sort((a, b) => b.state.at - a.state.at);
  return latest === undefined ? bareWake(scene.at, 0) : wakeBy(latest.trigger, latest.state, scene.at);
}

function readBy({ context }: PresentScene): Pick<Present, 'filters' | 'readsDevices'> {
  const { filters, readsDevices } = context.heard;
  const all = context.takeExpressions().map(({ expression }) => expression.dependencies);
  const isAny = all.some(({ topics, variables }) => topics === 'all' || variables === 'all');
  const read = all.flatMap(({ topics, variables }) =>
    topics === 'all' || variables === 'all' ? [] : [...topics, ...variables.map(variableTopic)],
  );
  return {
    filters: isAny ? undefined : [...new Set([...filters, ...read])],
    readsDevices: readsDevices || all.some(({ devices, labels }) => devices.length > 0 || labels.length > 0),
  };
}

/** Never throws for what somebody wrote. */
export function presentOf(text: string, house: PresentHouse): Present {
  const { value: document } = readSource(text);
  if (typeof document !== 'object' || document === null)
    return { entries: [], filters: [], readsDevices: false };
  const scene = sceneOf(document, house);
  const triggers = triggersOf(document, scene);
  const scope = scene.bindings(lastWake(triggers, scene));
  const conditions = conditionsIn(document)
    .slice(0, mostEntries)
    .flatMap(({ path, value }) => {
      const condition = scene.context.condition(value, path);
      return condition === undefined ? [] : [standing(condition, path, scope)];
    });
  const woken = triggers
    .filter(({ enabled }) => enabled)
    .flatMap((trigger) => presentTrigger(trigger, scene));
  return { entries: [...merged(woken).slice(0, mostEntries), ...conditions], ...readBy(scene) };
}
