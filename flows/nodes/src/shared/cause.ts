// Where a message comes from, so that a loop rule → flow → rule is seen by the house: `msg.homerule`, and the headers
// that a request made because of a message carries back.

export interface Cause {
  /** The run or input that led to the message. */
  readonly cause?: string;
  /** Rules and flows that stand between it and the outside. */
  readonly depth?: number;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What a message says of its cause; nothing is believed but text and a count. */
export function causeOf(msg: Readonly<Record<string, unknown>> | undefined): Cause {
  const said = msg?.['homerule'];
  if (!isRecord(said)) return {};
  const { cause, depth } = said;
  return {
    ...(typeof cause === 'string' && cause !== '' && { cause }),
    ...(typeof depth === 'number' && Number.isSafeInteger(depth) && depth >= 0 && { depth }),
  };
}

/** The house takes short words only. */
function word(text: string): string {
  return text.replace(/[^\w.:/-]/g, '').slice(0, 100);
}

export function causeHeaders({ cause, depth }: Cause, node: string): Record<string, string> {
  return {
    ...(node !== '' && { 'x-homerule-node': word(node) }),
    ...(cause !== undefined && { 'x-homerule-cause': word(cause) }),
    ...(depth !== undefined && { 'x-homerule-depth': String(Math.min(depth, 9999)) }),
  };
}

/** Of what led to a message and what it met, the one that is further from the outside. */
function deeper(own: Cause, met: Cause): Cause {
  if (own.cause === undefined && own.depth === undefined) return met;
  return (met.depth ?? 0) > (own.depth ?? 0) ? met : own;
}

/** Adds to what a message says of the house; the message stays the same object. */
export function tell<Message extends Record<string, unknown>>(msg: Message, facts: object): Message {
  const said = msg['homerule'];
  const led = deeper(causeOf(msg), causeOf({ homerule: facts }));
  return Object.assign(msg, { homerule: { ...(isRecord(said) ? said : {}), ...facts, ...led } });
}
