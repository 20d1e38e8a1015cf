// What rules and flows say to each other.

/** Of the live channel `flows`: a rule calls the flow that is subscribed to. */
export interface FlowCallView {
  /** Its id: where the answer goes. */
  readonly call: string;
  readonly flow: string;
  readonly data: unknown;
  /** Whether the rule waits for `POST /flows/calls/{call}`. */
  readonly wait: boolean;
  /** The run that calls. A flow gives it back with what it does: `X-Homerule-Cause`. */
  readonly cause: string;
  /** How many rules and flows led to it. A flow gives it back with what it does: `X-Homerule-Depth`. */
  readonly depth: number;
  readonly rule: string;
  readonly run: string;
}

/** `POST /flows/calls/{call}` */
export type FlowAnswer =
  | { readonly ok: true; readonly value?: unknown }
  /** The action fails with this code, lower case and dashes. */
  | { readonly ok: false; readonly code: string; readonly message: string };

/** `POST /events/{name}` */
export interface EventRequest {
  /** Becomes `payload` of the rules that it wakes. */
  readonly data?: unknown;
}
