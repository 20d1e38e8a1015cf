// What a run did, for one line of the overview: which kind of deed, and of its request only what people look for.
import type { TraceEffect } from '../api/types.ts';
import { inline, isContainer } from '../base/json.ts';
import type { TextKey } from '../i18n/texts.ts';

type Group =
  | 'http'
  | 'notify'
  | 'plugin'
  | 'flow'
  | 'log'
  | 'emit'
  | 'variable'
  | 'run'
  | 'enable'
  | 'disable';

export interface Deed {
  /** Undefined for a kind that is not known here: then its name stands alone. */
  readonly kind: Extract<TextKey, `home.effect.${Group}`> | undefined;
  readonly value: string;
  /** Of another rule that was commanded. */
  readonly rule?: string;
}

const longest = 60;

function fieldOf(request: unknown, name: string): string {
  const value = isContainer(request) ? Reflect.get(request, name) : undefined;
  return typeof value === 'string' ? value : '';
}

function together(name: string | undefined, payload: unknown): string {
  const value = typeof payload === 'string' ? payload : inline(payload, longest);
  return [name, value].filter(Boolean).join(' ');
}

function deedOfCall({ name = '', payload }: TraceEffect): Deed {
  const rule = fieldOf(payload, 'rule');
  if (name === 'http') return { kind: 'home.effect.http', value: fieldOf(payload, 'url') };
  if (name === 'notify') return { kind: 'home.effect.notify', value: fieldOf(payload, 'message') };
  if (name === 'flow') return { kind: 'home.effect.flow', value: fieldOf(payload, 'flow') };
  if (name === 'run') return { kind: 'home.effect.run', value: rule, rule };
  if (name !== 'plugin') return { kind: undefined, value: name };
  const parts = [fieldOf(payload, 'plugin'), fieldOf(payload, 'action')];
  return { kind: 'home.effect.plugin', value: parts.filter(Boolean).join('/') };
}

/** Of everything but a message. */
export function deedOf(effect: TraceEffect): Deed {
  const { kind, name = '', text = '', payload } = effect;
  if (kind === 'call') return deedOfCall(effect);
  if (kind === 'log') return { kind: 'home.effect.log', value: text };
  if (kind === 'emit' || kind === 'variable')
    return { kind: `home.effect.${kind}`, value: together(name, payload) };
  if (kind === 'command' && (text === 'run' || text === 'enable' || text === 'disable'))
    return { kind: `home.effect.${text}`, value: name, rule: name };
  return { kind: undefined, value: together(name, text) };
}
