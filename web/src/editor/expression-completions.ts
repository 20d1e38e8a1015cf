// What fits at the cursor in an expression: fields of the latest message with their values, functions of the house with
// what they do, devices and topics inside strings.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { FunctionView } from '../api/types.ts';
import { fieldsOf, inline, isContainer } from '../base/json.ts';

export interface DeviceWords {
  readonly id: string;
  readonly name: string;
  readonly properties: readonly {
    readonly id: string;
    readonly value?: unknown;
    readonly options?: readonly string[];
  }[];
}

/** What the house knows, asked for when it is needed. */
export interface ExpressionWords {
  readonly language: 'en' | 'zh-CN';
  readonly functions: readonly FunctionView[];
  /** The names at the root, with the latest message. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly devices: readonly DeviceWords[];
  /** What was seen in a field of the payload. */
  readonly valuesOf: (path: string) => readonly unknown[];
  readonly topics: (
    words: string,
  ) => Promise<readonly { readonly topic: string; readonly payload: string }[]>;
}

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? `array ${value.length}` : typeof value;
}

function fields(value: unknown): readonly Completion[] {
  const item = Array.isArray(value) ? value[0] : value;
  return fieldsOf(item)
    .slice(0, 100)
    .map(([name, inside]) => ({
      label: plainName.test(name) ? name : `\`${name}\``,
      type: 'property',
      detail: isContainer(inside) ? typeOf(inside) : inline(inside, 40),
      boost: 2,
    }));
}

/** The value that the names left of the cursor lead to; undefined when they lead nowhere. */
function reached(root: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => {
    const item = Array.isArray(value) ? value[0] : value;
    return isContainer(item) ? Reflect.get(item, name.replaceAll('`', '')) : undefined;
  }, root);
}

function functionWords({ functions, language }: ExpressionWords): readonly Completion[] {
  return functions.map(({ name, signature, en, zh, example, isOwn }) => ({
    label: `$${name}`,
    type: 'function',
    apply: `$${name}(`,
    detail: signature?.replace(/^<|>$/g, '') ?? '',
    boost: isOwn ? 1 : 0,
    info: [language === 'zh-CN' ? zh : en, example === undefined ? '' : example.source]
      .filter(Boolean)
      .join('\n'),
  }));
}

const nameChain = /(?:(?:`[^`]*`|[\p{L}_][\p{L}\p{N}_]*)\.)*(?:`[^`]*|[\p{L}_][\p{L}\p{N}_]*)?$/u;
const deviceField = /\$device\(\s*(["'])([^"']+)\1\s*\)\.([\p{L}\p{N}_]*)$/u;
const name = String.raw`(?:\.[\p{L}_][\p{L}\p{N}_]*)`;
const sign = String.raw`\s*(?:!?=|in\s*\[(?:[^\]]*,)?)\s*(["'])([^"']*)$`;
const comparedField = new RegExp(String.raw`\bpayload(${name}*)${sign}`, 'u');
const comparedProperty = new RegExp(String.raw`\$device\(\s*["']([^"']+)["']\s*\)(${name})${sign}`, 'u');
const inString = /\$(device|state|last|since|over|at|states)\(\s*(["'])([^"']*)$/;

async function insideString(
  context: CompletionContext,
  words: ExpressionWords,
  match: RegExpExecArray,
): Promise<CompletionResult> {
  const [, call, , typed = ''] = match;
  const from = context.pos - typed.length;
  if (call === 'device') {
    const options = words.devices.map(({ id, name }) => ({
      label: id,
      displayLabel: `${name} · ${id}`,
      type: 'constant',
    }));
    return { from, options, validFor: /^[^"']*$/ };
  }
  const topics = await words.topics(typed);
  const options = topics.map(({ topic, payload }) => ({
    label: topic,
    type: 'text',
    detail: payload.slice(0, 40),
  }));
  return { from, options, filter: false };
}

/** Text that was seen where the one in quotes is compared. */
function comparedWith(
  context: CompletionContext,
  before: string,
  words: ExpressionWords,
): CompletionResult | null {
  const property = comparedProperty.exec(before);
  const [, id, field = '', , typed = ''] = property ?? [];
  const device = words.devices.find((each) => each.id === id);
  const found = property ? undefined : comparedField.exec(before);
  const inside = found?.[3] ?? typed;
  const options = device?.properties.find((each) => `.${each.id}` === field)?.options ?? [];
  const values = property ? options : words.valuesOf(found?.[1]?.slice(1) ?? '');
  if (!property && !found) return null;
  const texts = values.filter((value) => typeof value === 'string');
  return {
    from: context.pos - inside.length,
    options: texts.map((label) => ({ label, type: 'constant' })),
    validFor: /^[^"']*$/,
  };
}

/** `expressionIn`: what of the text in front of the cursor is expression; all of it when absent. */
export function expressionCompletions(
  words: () => ExpressionWords,
  expressionIn: (before: string) => string | undefined = (before) => before,
) {
  return (context: CompletionContext): CompletionResult | Promise<CompletionResult> | null => {
    const before = expressionIn(context.state.sliceDoc(0, context.pos));
    if (before === undefined) return null;
    const string = inString.exec(before);
    if (string) return insideString(context, words(), string);
    const compared = comparedWith(context, before, words());
    if (compared) return compared;
    const device = deviceField.exec(before);
    if (device) {
      const found = words().devices.find(({ id }) => id === device[2]);
      const options = (found?.properties ?? []).map(({ id, value }) => ({
        label: plainName.test(id) ? id : `\`${id}\``,
        type: 'property',
        detail: inline(value, 40),
      }));
      return { from: context.pos - (device[3]?.length ?? 0), options, validFor: /^[\p{L}\p{N}_]*$/u };
    }
    const call = /\$[\p{L}\p{N}_]*$/u.exec(before);
    if (call)
      return {
        from: context.pos - call[0].length,
        options: functionWords(words()),
        validFor: /^\$[\p{L}\p{N}_]*$/u,
      };
    const chain = nameChain.exec(before)?.[0] ?? '';
    if (chain === '' && !context.explicit) return null;
    const names = chain.split('.');
    const typed = names.at(-1) ?? '';
    const value = reached(words().root, names.slice(0, -1));
    const options = names.length > 1 ? fields(value) : [...fields(value), ...functionWords(words())];
    return { from: context.pos - typed.length, options, validFor: /^[\p{L}\p{N}_`]*$/u };
  };
}
