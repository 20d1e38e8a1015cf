// The rules whose timers a kill meets: one for each way to wait, and what each owes after an outage.
export const withinMs = 8000;

/** `missed`: of a schedule, nothing is made up for. `closed`: checked again, and the conditions do not hold any more. */
export type Policy = 'fire' | 'skip' | 'within' | 'closed' | 'missed';

export interface TimerRow {
  readonly n: string;
  readonly due: number;
}

export interface TimerKind {
  readonly name: string;
  readonly policy: Policy;
  /** When the messages of a timer are due, as parts of its time. */
  readonly shares: readonly number[];
  /** `run` waits and says that it ended, `hold` and `schedule` become a run only when they fire. */
  readonly waits: 'run' | 'hold' | 'schedule';
  /** Timers are rows of the rule, which is saved anew for each generation. */
  readonly hasRows?: boolean;
  readonly more: Readonly<Record<string, unknown>>;
}

type Action = Readonly<Record<string, unknown>>;

const seconds = '{{ payload.ms / 1000 }}';

const says = (name: string, part: number | string): Action => ({
  publish: 'timers/said',
  payload: `${name} {{ params.n }} ${part}`,
  qos: 2,
});

function running(name: string, actions: readonly Action[], more: Partial<TimerKind> = {}): TimerKind {
  const document = {
    triggers: [{ message: `arm/${name}/{n}` }],
    actions,
    finally: [says(name, 'end')],
    ...more.more,
  };
  return { name, policy: 'fire', shares: [1], waits: 'run', ...more, more: document };
}

function holding(name: string, more: Partial<TimerKind> = {}): TimerKind {
  const document = {
    triggers: [{ change: `arm/${name}/{n}`, for: seconds }],
    actions: [says(name, 1)],
    ...more.more,
  };
  return { name, policy: 'fire', shares: [1], waits: 'hold', ...more, more: document };
}

const delayed = (name: string, more: Partial<TimerKind> = {}): TimerKind =>
  running(name, [{ delay: seconds }, says(name, 1)], more);

const heldByRun = (name: string): readonly Action[] => [
  { wait: `$state('arm/${name}/' & params.n).ms > 0`, for: seconds },
  says(name, 1),
];

const third = '{{ payload.ms / 3000 }}';
const half = '{{ payload.ms / 2000 }}';

export const timerKinds: readonly TimerKind[] = [
  delayed('delay'),
  delayed('delay-skip', { policy: 'skip', more: { overdue: 'skip' } }),
  delayed('delay-within', { policy: 'within', more: { overdue: { within: `${withinMs}ms` } } }),
  delayed('delay-open', { more: { overdue: 'recheck', conditions: ["$state('gate/open') = 1"] } }),
  delayed('delay-closed', {
    policy: 'closed',
    more: { overdue: 'recheck', conditions: ["$state('gate/closed') = 1"] },
  }),
  running('wait-timeout', [
    { wait: { message: 'nobody/speaks' }, timeout: seconds },
    says('wait-timeout', 1),
  ]),
  running('wait-for', heldByRun('wait-for')),
  running('wait-within', heldByRun('wait-within'), {
    policy: 'within',
    more: { overdue: { within: `${withinMs}ms` } },
  }),
  running(
    'repeat',
    [{ repeat: { times: 3 }, do: [{ delay: third }, says('repeat', '{{ repeat.index }}')] }],
    { shares: [1 / 3, 2 / 3, 1] },
  ),
  running(
    'branches',
    [
      {
        parallel: [
          [{ delay: half }, says('branches', 1)],
          [{ delay: seconds }, says('branches', 2)],
        ],
      },
    ],
    { shares: [1 / 2, 1] },
  ),
  holding('change'),
  holding('change-skip', { policy: 'skip', more: { overdue: 'skip' } }),
  holding('becomes', {
    hasRows: true,
    more: {
      triggers: [
        {
          becomes: "$state('arm/becomes/' & params.n).ms > 0",
          for: "{{ $state('arm/becomes/' & params.n).ms / 1000 }}",
        },
      ],
    },
  }),
  {
    name: 'at',
    policy: 'missed',
    shares: [1],
    waits: 'schedule',
    hasRows: true,
    more: { triggers: [{ at: '{{ params.due }}' }], actions: [says('at', 1)] },
  },
];

/** Every second, whatever happens: its number is the second. */
export const everyRule = {
  id: 'timers-every',
  triggers: [{ every: '1s' }],
  actions: [{ publish: 'timers/said', payload: 'every {{ $floor(at / 1000) }} 1', qos: 2 }],
};

export function ruleOf(
  { name, more, hasRows }: TimerKind,
  rows: readonly TimerRow[],
): Readonly<Record<string, unknown>> & { readonly id: string } {
  const each = hasRows ? { each: rows } : {};
  return { id: `timers-${name}`, mode: 'parallel', max: 1000, key: '{{ params.n }}', ...each, ...more };
}
