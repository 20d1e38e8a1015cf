// What `device in` does with each of its options: what it is set to, what happens in order, and what leaves it.

export type Step =
  /** The device says this, at this second. */
  | {
      readonly say: unknown;
      readonly at: number;
      readonly property?: string;
      readonly changedAt?: number;
      readonly kind?: 'event';
    }
  /** Time passes up to this second. */
  | { readonly to: number }
  | { readonly lose: true }
  | { readonly connect: true };

export interface Case {
  readonly name: string;
  readonly set?: Readonly<Record<string, unknown>>;
  /** What it says before the node looks; undefined: nothing. */
  readonly before?: unknown;
  readonly steps: readonly Step[];
  /** `OUTPUT:VALUE` of each message. */
  readonly sent: readonly string[];
}

const above = { compare: 'gt', value: '25', valueType: 'num' };

export const cases: readonly Case[] = [
  { name: 'says nothing of the present', before: true, steps: [], sent: [] },
  {
    name: 'tells the present when asked to',
    set: { onConnect: true },
    before: true,
    steps: [],
    sent: ['0:true'],
  },
  { name: 'tells a change', before: true, steps: [{ say: false, at: 5 }], sent: ['0:false'] },
  { name: 'tells the first value of a device that comes', steps: [{ say: true, at: 5 }], sent: ['0:true'] },
  {
    name: 'leaves out what is unchanged',
    before: true,
    steps: [
      { say: true, at: 5 },
      { say: false, at: 6 },
      { say: false, at: 7 },
    ],
    sent: ['0:false'],
  },
  {
    name: 'tells what is unchanged when asked to',
    set: { ignoreUnchanged: false },
    before: true,
    steps: [
      { say: true, at: 5 },
      { say: true, at: 6 },
    ],
    sent: ['0:true', '0:true'],
  },
  {
    name: 'tells the same again and again in the same millisecond when asked to',
    set: { ignoreUnchanged: false },
    before: true,
    steps: [
      { say: true, at: 5 },
      { say: true, at: 5 },
      { say: true, at: 5 },
    ],
    sent: ['0:true', '0:true', '0:true'],
  },
  {
    name: 'tells of all properties each message when asked to',
    set: { ignoreUnchanged: false, property: '' },
    before: 1,
    steps: [
      { say: 1, at: 5 },
      { say: 1, at: 5 },
    ],
    sent: ['0:{"on":1}', '0:{"on":1}'],
  },
  {
    name: 'tells an event that comes again, though it is the same',
    steps: [
      { say: 'single', at: 5, kind: 'event' },
      { say: 'single', at: 6, kind: 'event' },
    ],
    sent: ['0:"single"', '0:"single"'],
  },
  {
    name: 'leaves out what is unknown',
    before: true,
    steps: [
      { say: undefined, at: 5 },
      { say: false, at: 6 },
    ],
    sent: ['0:false'],
  },
  {
    name: 'tells what is unknown when asked to',
    set: { ignoreUnknown: false },
    before: true,
    steps: [{ say: undefined, at: 5 }],
    sent: ['0:null'],
  },
  {
    name: 'hears another property of the same device not',
    before: true,
    steps: [{ say: 1, at: 5, property: 'x' }],
    sent: [],
  },
  {
    name: 'tells all properties as one object',
    set: { property: '' },
    before: 1,
    steps: [{ say: 2, at: 5 }],
    sent: ['0:{"on":2}'],
  },
  {
    name: 'has an output for what passes and one for what does not',
    set: above,
    before: 20,
    steps: [
      { say: 26, at: 5 },
      { say: 27, at: 6 },
      { say: 25, at: 7 },
    ],
    sent: ['0:26', '0:27', '1:25'],
  },
  {
    name: 'compares by an expression on the message',
    set: { compare: 'jsonata', value: 'payload > previous', valueType: 'jsonata' },
    before: 20,
    steps: [
      { say: 21, at: 5 },
      { say: 19, at: 6 },
    ],
    sent: ['0:21', '1:19'],
  },
  {
    name: 'tells one of a list',
    set: { compare: 'in', value: '1, 3' },
    before: 0,
    steps: [
      { say: 3, at: 5 },
      { say: 2, at: 6 },
    ],
    sent: ['0:3', '1:2'],
  },
  {
    name: 'for: waits until the value has held',
    set: { for: '10s' },
    before: true,
    steps: [{ say: false, at: 20 }, { to: 29 }, { say: false, at: 29, changedAt: 20 }, { to: 30 }],
    sent: ['0:false'],
  },
  {
    name: 'for: a change begins the wait anew',
    set: { for: '10s' },
    before: 1,
    steps: [{ say: 2, at: 20 }, { to: 25 }, { say: 3, at: 25 }, { to: 34 }, { to: 35 }],
    sent: ['0:3'],
  },
  {
    name: 'for: with a comparison it goes on while values pass, and ends at once',
    set: { ...above, for: '10s' },
    before: 20,
    steps: [
      { say: 26, at: 20 },
      { to: 25 },
      { say: 27, at: 25 },
      { to: 30 },
      { say: 20, at: 31 },
      { say: 28, at: 32 },
      { to: 33 },
      { say: 21, at: 34 },
      { to: 60 },
    ],
    sent: ['0:27', '1:20', '1:21'],
  },
  {
    name: 'for: goes on after a deploy from the time that the house knows',
    set: { for: '10s' },
    before: true,
    steps: [{ to: 10 }, { to: 11 }],
    sent: ['0:true'],
  },
  {
    name: 'for: what held long enough before is not told again',
    set: { for: '1s' },
    before: true,
    steps: [{ to: 20 }],
    sent: [],
  },
  {
    name: 'tells what changed while there was no connection',
    before: true,
    steps: [{ lose: true }, { say: false, at: 5 }, { connect: true }],
    sent: ['0:false'],
  },
  {
    name: 'tells nothing anew when nothing changed while there was no connection',
    before: true,
    steps: [{ lose: true }, { connect: true }, { say: false, at: 9 }],
    sent: ['0:false'],
  },
  {
    name: 'for: does not trust a value while there is no connection',
    set: { for: '10s' },
    before: true,
    steps: [
      { say: false, at: 20 },
      { lose: true },
      { to: 40 },
      { say: true, at: 25 },
      { connect: true },
      { to: 41 },
    ],
    sent: ['0:true'],
  },
  {
    name: 'for: is told after the connection when it held all the time',
    set: { for: '10s' },
    before: true,
    steps: [{ say: false, at: 20 }, { lose: true }, { to: 40 }, { connect: true }],
    sent: ['0:false'],
  },
];
