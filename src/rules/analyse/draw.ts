// Draws the portrait of a rule: for every wake-up what is known then, and what its actions write, emit and start.
import { encodePayload, Payload } from '../../devices/index.ts';
import { variableTopic } from '../compile/reads.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { ValueNode } from '../compile/text.ts';
import type { Touch } from '../compile/touches.ts';
import { durationAt } from '../model/overdue.ts';
import type { Trigger } from '../triggers/kind.ts';
import { echoShapes } from './echo.ts';
import { Knowledge } from './knowledge.ts';
import type { Carrier, Deed, Portrait, Sent, Wake, Write } from './portrait.ts';
import type { AnalysisHouse } from './ports.ts';
import { isExact, shapeOf } from './shape.ts';

type Values = Readonly<Record<string, unknown>>;

/** Names of levels, as any filter of the trigger gives them. */
function levelsOf(trigger: Trigger | undefined): ReadonlySet<string> {
  const source = trigger?.source;
  if (source?.on !== 'topic' && source?.on !== 'silence') return new Set();
  return new Set(source.patterns.flatMap(({ names }) => names.map(({ name }) => name)));
}

/** What a trigger alone says of its wake-ups. */
function valuesOf(trigger: Trigger | undefined): Values {
  const levels = levelsOf(trigger);
  const row = Object.entries(trigger?.row ?? {}).filter(([name]) => !levels.has(name));
  const source = trigger?.source;
  const [pattern, ...others] = source?.on === 'topic' || source?.on === 'silence' ? source.patterns : [];
  const isOne = pattern !== undefined && others.length === 0 && isExact(pattern.filter);
  return { params: Object.fromEntries(row), ...(isOne && { topic: pattern.filter }) };
}

/** What is known when `values` are: the variables of the rule's head that can be made of them, too. */
export function knowledgeOf(rule: CompiledRule, trigger: Trigger | undefined, more: Values = {}): Knowledge {
  let knowledge = new Knowledge(rule.names, { ...valuesOf(trigger), ...more }, levelsOf(trigger));
  for (const { name, value } of rule.variables) {
    const known = knowledge.value(value);
    if (known !== undefined) knowledge = knowledge.with({ [name]: known.value });
  }
  return knowledge;
}

const passedOn = /^\$?(?:trigger\.)?(?:payload|raw)$/;

function sentOf(node: ValueNode, knowledge: Knowledge): Sent {
  if (node.kind === 'expression' && passedOn.test(node.part.expression.source)) return { kind: 'same' };
  const known = knowledge.value(node);
  if (known === undefined) return { kind: 'unknown' };
  return { kind: 'constant', value: new Payload(encodePayload(known.value)).value };
}

export function writeOf(shape: string, sent: Sent, echoOf?: Write): Write {
  const about = sent.kind === 'constant' ? JSON.stringify(sent.value) : '';
  const key = [shape, sent.kind, about, echoOf?.key ?? ''].join('\n');
  return { on: 'topic', key, shape, sent, echoOf };
}

/** A command and what devices may answer to it. */
function withEchoes(write: Write): Write[] {
  const echoes = echoShapes(write.shape).map((shape) => writeOf(shape, { kind: 'unknown' }, write));
  return [write, ...echoes];
}

function named(on: 'event' | 'run', node: ValueNode, knowledge: Knowledge): Carrier[] {
  const known = knowledge.value(node);
  return typeof known?.value === 'string' ? [{ on, key: `${on} ${known.value}`, name: known.value }] : [];
}

interface Drawing {
  readonly knowledge: Knowledge;
  readonly house: AnalysisHouse | undefined;
}

function writesOfDevices({ devices }: Touch & { does: 'set' }, { knowledge, house }: Drawing): Write[] {
  const ids = [knowledge.value(devices)?.value].flat();
  return ids.flatMap((id) => {
    const topics = typeof id === 'string' ? house?.devices.topics(id) : undefined;
    const commands = (topics?.commands ?? []).map((shape) => writeOf(shape, { kind: 'unknown' }));
    const [first] = commands;
    const reports = (topics?.reports ?? []).map((shape) => writeOf(shape, { kind: 'unknown' }, first));
    return [...commands, ...reports];
  });
}

function carriersOf(touch: Touch, drawing: Drawing): readonly Carrier[] {
  const { knowledge } = drawing;
  switch (touch.does) {
    case 'publish': {
      const shape = shapeOf(touch.topic, knowledge);
      return shape === undefined ? [] : withEchoes(writeOf(shape, sentOf(touch.payload, knowledge)));
    }
    case 'var':
      return [writeOf(variableTopic(touch.name), sentOf(touch.payload, knowledge))];
    case 'emit':
      return named('event', touch.event, knowledge);
    case 'run':
      return named('run', touch.rule, knowledge);
    case 'set':
      return touch.isLabel ? [] : writesOfDevices(touch, drawing);
    default:
      return [];
  }
}

const topLevel = /^actions(?:\[(\d+)\])?$/;

/** Where delays of the main list stand, and how long they are. */
function delaysOf(
  rule: CompiledRule,
  knowledge: Knowledge,
): { readonly index: number; readonly ms: number }[] {
  return rule.touches.flatMap((touch) => {
    const index = topLevel.exec(touch.path)?.[1];
    if (touch.does !== 'delay' || index === undefined) return [];
    const value = knowledge.value(touch.for)?.value;
    const isWritten = typeof value === 'string' || typeof value === 'number';
    const ms = isWritten ? durationAt(value, touch.path, { report: () => undefined }) : undefined;
    return [{ index: Number(index), ms: ms ?? 0 }];
  });
}

function deedsOf(rule: CompiledRule, drawing: Drawing): Deed[] {
  const delays = delaysOf(rule, drawing.knowledge);
  return rule.touches.flatMap((touch) => {
    const index = Number(/^actions\[(\d+)\]/.exec(touch.path)?.[1] ?? 0);
    const delayMs = delays.filter((delay) => delay.index < index).reduce((sum, { ms }) => sum + ms, 0);
    const isConditional = !topLevel.test(touch.path);
    return carriersOf(touch, drawing).map((carrier) => ({
      path: touch.path,
      carrier,
      delayMs,
      isConditional,
    }));
  });
}

/** The same whatever woke the rule. */
function isConstant(touch: Touch): boolean {
  return Object.values(touch).every((part) => typeof part !== 'object' || part.kind === 'constant');
}

export interface DrawOptions {
  readonly isEnabled: boolean;
  readonly house: AnalysisHouse | undefined;
  /** Those of the rows that an expression gave. */
  readonly triggers?: readonly Trigger[];
}

export function portraitOf(rule: CompiledRule, { isEnabled, house, triggers }: DrawOptions): Portrait {
  const made = rule.touches.flatMap((touch) => (touch.does === 'let' ? touch.names : []));
  const end: Deed = {
    path: 'actions',
    carrier: { on: 'end', key: `end ${rule.id}`, name: rule.id },
    delayMs: 0,
    isConditional: false,
  };
  const isFixed = rule.touches.every(isConstant);
  let fixed: readonly Deed[] | undefined;
  const wakeOf = (trigger: Trigger | undefined): Wake => {
    const knowledge = knowledgeOf(rule, trigger);
    const deeds = fixed ?? [...deedsOf(rule, { knowledge: knowledge.without(made), house }), end];
    if (isFixed) fixed = deeds;
    return { rule, trigger, knowledge, deeds };
  };
  const wakes = (triggers ?? rule.triggers).filter(({ enabled }) => enabled).map(wakeOf);
  return { rule, isEnabled, wakes, run: wakeOf(undefined) };
}
