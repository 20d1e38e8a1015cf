// automations.yaml of Home Assistant as rules, with every line that has no counterpart. A rule with such a line is
// switched off until somebody has looked at it: without a condition it would do too much.
import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../../base/index.ts';
import { fail } from '../errors.ts';
import { actionsOf } from './actions.ts';
import { conditionsOf } from './conditions.ts';
import { Context, type Entry, isEntry, listOf, type Path, type Remark } from './context.ts';
import { type EntityMapping, entityMapping } from './entity.ts';
import { triggersOf } from './triggers.ts';

export interface TranslatedRemark extends Pick<Remark, 'kind' | 'text'> {
  readonly line: number;
}

export interface TranslatedRule {
  readonly id: string;
  readonly yaml: string;
  /** By line. */
  readonly remarks: readonly TranslatedRemark[];
}

interface Source {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** `name`: of where the text is from. */
function parsed(text: string, name: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    throw fail('bad-config', `${name}:${line}: ${error.message.split('\n')[0] ?? ''}`);
  }
  return { document, lines };
}

function read(file: string): Source {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw fail('config-missing', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
  return parsed(text, file);
}

/** Throws `bad-config` with the first thing that is wrong. */
function readEntities(file: string | undefined): ReadonlyMap<string, EntityMapping> {
  if (file === undefined) return new Map();
  const parsed = z.record(z.string(), entityMapping).safeParse(read(file).document.toJS() ?? {});
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const entity = String(parsed.error.issues[0]?.path[0] ?? '');
  throw fail(
    'bad-config',
    `${file}: ${entity}: expected { topic, path?, values?, command? }, { device, property, values? } or { variable, values? }`,
  );
}

function lineOf({ document, lines }: Source, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** As the language has them: small letters, digits and hyphens. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}

function unique(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
  taken.add(id);
  return id;
}

const known = [
  ...['id', 'alias', 'description', 'mode', 'max', 'max_exceeded', 'initial_state', 'variables', 'trace'],
  ...['trigger', 'triggers', 'condition', 'conditions', 'action', 'actions'],
];
const modes: ReadonlySet<unknown> = new Set(['single', 'restart', 'queued', 'parallel']);

/** The older word or the newer one. */
function part(automation: Entry, word: string, path: Path): { readonly value: unknown; readonly path: Path } {
  const key = automation[`${word}s`] === undefined ? word : `${word}s`;
  return { value: automation[key], path: [...path, key] };
}

/** A rule needs something that wakes it and something to do, even when nothing is left. */
const nothing = { triggers: [{ button: true }], actions: [{ stop: 'nothing was translated' }] };

function headOf(automation: Entry, context: Context): Entry {
  const { alias, description, mode = 'single', max } = automation;
  if (!modes.has(mode)) context.remark('untranslated', `the mode "${String(mode)}" has no counterpart`);
  return {
    ...(alias !== undefined && { name: String(alias) }),
    ...(typeof description === 'string' && description !== '' && { description }),
    ...(mode !== 'single' && modes.has(mode) && { mode }),
    ...(max !== undefined && { max }),
  };
}

function variablesOf(value: unknown, context: Context, path: Path): Entry {
  if (!isEntry(value)) return {};
  const made: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const at = [...path, 'variables', name];
    const translated = context.at(at, () => ({ value: context.value(each) }));
    if (translated !== undefined) made[name] = translated.value;
    context.variables.add(name);
  }
  return { variables: made };
}

function ruleOf(automation: Entry, context: Context, path: Path): Entry {
  const { value: given, path: triggerPath } = part(automation, 'trigger', path);
  const { value: wanted, path: conditionPath } = part(automation, 'condition', path);
  const { value: sequence, path: actionPath } = part(automation, 'action', path);
  const head = context.at(path, () => {
    context.leftOver(automation, known);
    return headOf(automation, context);
  });
  const triggers = triggersOf(given, context, triggerPath);
  const variables = variablesOf(automation['variables'], context, path);
  const conditions = conditionsOf(wanted, context, conditionPath);
  const actions = actionsOf(sequence, context, actionPath);
  return {
    ...head,
    ...variables,
    triggers: triggers.length > 0 ? triggers : nothing.triggers,
    ...(conditions.length > 0 && { conditions }),
    actions: actions.length > 0 ? actions : nothing.actions,
  };
}

function translated(
  source: Source,
  given: { automation: unknown; path: Path; id: string },
  context: Context,
): TranslatedRule {
  const { automation, path, id } = given;
  const rule = isEntry(automation) ? ruleOf(automation, context, path) : nothing;
  if (!isEntry(automation)) context.remark('untranslated', 'this is no automation', path);
  const isWhole = context.remarks.every(({ kind }) => kind !== 'untranslated');
  const isOff = !isWhole || (isEntry(automation) && automation['initial_state'] === false);
  const remarks = context.remarks
    .map(({ path: at, kind, text }) => ({ line: lineOf(source, at), kind, text }))
    .sort((a, b) => a.line - b.line);
  const yaml = stringify({ id, ...(isOff && { enabled: false }), ...rule }, { lineWidth: 0 });
  const notes = remarks.map(({ line, kind, text }) => `# line ${line}: ${kind}: ${text}\n`);
  return { id, yaml: [...notes, yaml].join(''), remarks };
}

/** One rule for each automation. */
function rulesOf(source: Source, mappings: ReadonlyMap<string, EntityMapping>): TranslatedRule[] {
  const value: unknown = source.document.toJS();
  const root = isEntry(value) && value['automation'] !== undefined ? ['automation'] : [];
  const automations = isEntry(value) && root.length > 0 ? value['automation'] : value;
  const taken = new Set<string>();
  return listOf(automations).map((automation, index) => {
    const path = Array.isArray(automations) ? [...root, index] : root;
    const name = isEntry(automation) ? String(automation['alias'] ?? automation['id'] ?? '') : '';
    const id = unique(slug(name) || `automation-${index + 1}`, taken);
    return translated(source, { automation, path, id }, new Context(mappings));
  });
}

/** Throws `config-missing` and `bad-config`. */
export function translateHomeAssistant(file: string, entitiesFile?: string): TranslatedRule[] {
  const mappings = readEntities(entitiesFile);
  return rulesOf(read(file), mappings);
}

/** Of a text that somebody has at hand, without what its entities are here. Throws `bad-config`. */
export function translateHomeAssistantText(text: string): TranslatedRule[] {
  return rulesOf(parsed(text, 'text'), new Map());
}
