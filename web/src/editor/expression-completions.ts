// What fits at the cursor in an expression: fields of the latest message with their values, functions of the house with
// what they do, devices and topics inside strings.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { FunctionView } from '../api/types.ts';
import { fieldsOf, inline, isContainer } from '../base/json.ts';

export interface DeviceWords {
  readonly id: string;
  readonly name: string;
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

/** What the house knows, asked for when it is needed. */
export interface ExpressionWords {
  readonly language: 'en' | 'zh-CN';
  readonly functions: readonly FunctionView[];
  /** The names at the root, with the latest message. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly devices: readonly DeviceWords[];
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

export function expressionCompletions(words: () => ExpressionWords) {
  return (context: CompletionContext): CompletionResult | Promise<CompletionResult> | null => {
    const before = context.state.sliceDoc(0, context.pos);
    const string = inString.exec(before);
    if (string) return insideString(context, words(), string);
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
    if (call) return { from: call.index, options: functionWords(words()), validFor: /^\$[\p{L}\p{N}_]*$/u };
    const chain = nameChain.exec(before)?.[0] ?? '';
    if (chain === '' && !context.explicit) return null;
    const names = chain.split('.');
    const typed = names.at(-1) ?? '';
    const value = reached(words().root, names.slice(0, -1));
    const options = names.length > 1 ? fields(value) : [...fields(value), ...functionWords(words())];
    return { from: context.pos - typed.length, options, validFor: /^[\p{L}\p{N}_`]*$/u };
  };
}
