// What somebody should look at, from what the house says of itself; the worst first.
import type { BridgeView, DeviceView, FindingView, RuleSummary } from '../api/types.ts';
import { lowBatteryOf } from '../devices/device-facts.ts';

export type Matter =
  | { readonly kind: 'failed' | 'breaker'; readonly rule: RuleSummary; readonly at?: number }
  | { readonly kind: 'offline' | 'gone' | 'battery'; readonly device: DeviceView; readonly at?: number }
  | { readonly kind: 'bridge'; readonly bridge: BridgeView; readonly at?: number }
  | { readonly kind: 'finding'; readonly finding: FindingView; readonly name: string; readonly at?: number };

export interface HouseState {
  readonly rules: readonly RuleSummary[];
  readonly devices: readonly DeviceView[];
  readonly bridges: readonly BridgeView[];
  readonly findings: readonly FindingView[];
}

function* mattersOfRule(rule: RuleSummary): Generator<Matter> {
  if (!rule.enabled) return;
  if (rule.last?.status === 'failed') yield { kind: 'failed', rule, at: rule.last.at };
  if (rule.breaker !== 'closed') yield { kind: 'breaker', rule };
}

function* mattersOfDevice(device: DeviceView): Generator<Matter> {
  if (device.hidden) return;
  const when = device.seen === undefined ? {} : { at: device.seen };
  if (device.gone) yield { kind: 'gone', device, ...when };
  else if (device.online === false) yield { kind: 'offline', device, ...when };
  if (lowBatteryOf(device)) yield { kind: 'battery', device };
}

function isDown({ settings, state }: BridgeView): boolean {
  return settings.enabled && state !== 'connected' && state !== 'idle';
}

/** Of the rule that it was found in. */
function nameIn(rules: readonly RuleSummary[], { rules: [first = ''] }: FindingView): string {
  return rules.find(({ id }) => id === first)?.name ?? first;
}

/** What the finding says, whichever of its rules or places it begins with. */
function saidBy({ code, rules, params }: FindingView): string {
  return JSON.stringify([code, rules.toSorted(), Object.values(params).toSorted()]);
}

/** Found at several places of a rule, or from either of two rules, it is said once. */
function warningsOf(findings: readonly FindingView[]): readonly FindingView[] {
  const said = new Map<string, FindingView>();
  for (const finding of findings) {
    const words = saidBy(finding);
    if (finding.severity === 'warning' && !said.has(words)) said.set(words, finding);
  }
  return [...said.values()];
}

const order: readonly Matter['kind'][] = [
  'failed',
  'breaker',
  'bridge',
  'offline',
  'battery',
  'finding',
  'gone',
];

export function mattersOf({ rules, devices, bridges, findings }: HouseState): readonly Matter[] {
  const matters: Matter[] = [
    ...rules.flatMap((rule) => [...mattersOfRule(rule)]),
    ...devices.flatMap((device) => [...mattersOfDevice(device)]),
    ...bridges.filter(isDown).map((bridge): Matter => ({ kind: 'bridge', bridge, at: bridge.since })),
    ...warningsOf(findings).map(
      (finding): Matter => ({ kind: 'finding', finding, name: nameIn(rules, finding) }),
    ),
  ];
  const rank = new Map(order.map((kind, index) => [kind, index]));
  return matters.toSorted(
    (a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) || (b.at ?? 0) - (a.at ?? 0),
  );
}
