// Bemfa's `#` texts to values and back, for the kinds whose text is known. Reads tolerantly, writes strictly; knows no
// topics. `on#80#16711680` is a light at 80 % in red.
import type { BemfaKind } from './kinds.ts';
import { type BemfaState, layouts, type Slot } from './layouts.ts';

function headOf(kind: BemfaKind, word: string): BemfaState | undefined {
  if (kind === 'curtain' && word === 'pause') return { pause: true };
  return word === 'on' || word === 'off' ? { on: word === 'on' } : undefined;
}

/** What the slots say, in order; what cannot be read is left out. */
function readSlots(slots: readonly Slot[], parts: readonly string[]): BemfaState {
  let state: BemfaState = {};
  let at = 0;
  for (const slot of slots) {
    const part = (parts[at] ?? '').trim().toLowerCase();
    // Some senders leave a slot out instead of empty; a number where `on` belongs is the next slot's.
    if (slot.mayBeLeftOut && part !== '' && slot.read(part) === undefined) continue;
    at += 1;
    if (part !== '') state = { ...state, ...slot.read(part) };
  }
  return state;
}

/** The values of a text; undefined when it is none of this kind. Numbers out of range are moved into it. */
export function decodeBemfa(kind: BemfaKind, text: string): BemfaState | undefined {
  const [head = '', ...parts] = text.trim().split('#');
  const word = head.trim().toLowerCase();
  const slots = layouts[kind];
  if (kind === 'sensor') {
    const state = word === '' ? readSlots(slots, parts) : {};
    return Object.keys(state).length === 0 ? undefined : state;
  }
  const first = headOf(kind, word);
  return first === undefined ? undefined : { ...first, ...readSlots(slots, parts) };
}

function headText(kind: BemfaKind, state: BemfaState): string {
  if (kind === 'sensor') return '';
  if (kind === 'curtain' && state.pause === true) return 'pause';
  return state.on === false ? 'off' : 'on';
}

/** The text for these values, `on` unless they say otherwise; undefined when there is nothing to say to this kind. */
export function encodeBemfa(kind: BemfaKind, state: BemfaState): string | undefined {
  const head = headText(kind, state);
  if (head === 'off' || head === 'pause') return head;
  const parts = [head, ...layouts[kind].map((slot) => slot.write(state) ?? '')];
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  if (parts.length > 1) return parts.join('#');
  return kind !== 'sensor' && state.on === true ? head : undefined;
}
