// Devices and rules that a rule names and that there are not.
import { nearest } from '../../base/index.ts';
import type { ValueNode } from '../compile/text.ts';
import type { Touch } from '../compile/touches.ts';
import { type AnalysisFinding, remarkFinding } from './finding.ts';
import type { Knowledge } from './knowledge.ts';
import type { Links } from './links.ts';
import { type Portrait, wakesOf } from './portrait.ts';
import type { KnownDevices } from './ports.ts';

interface Named {
  readonly path: string;
  readonly name: string;
}

function namesIn(node: ValueNode, knowledge: Knowledge): string[] {
  const value = knowledge.value(node)?.value;
  return [value].flat().filter((each) => typeof each === 'string');
}

function triggersNaming({ wakes }: Portrait, signal: 'rule' | 'device'): Named[] {
  return wakes.flatMap(({ trigger }) => {
    if (trigger?.source.on !== 'signal' || trigger.source.signal !== signal) return [];
    return (trigger.source.names ?? []).map((name) => ({ path: `${trigger.path}.${trigger.verb}`, name }));
  });
}

/** In every wake-up, for names may be made of its row. */
function actionsNaming(portrait: Portrait, namedBy: (touch: Touch) => ValueNode | undefined): Named[] {
  return wakesOf(portrait).flatMap(({ knowledge, rule }) => {
    return rule.touches.flatMap((touch) => {
      const node = namedBy(touch);
      return node === undefined ? [] : namesIn(node, knowledge).map((name) => ({ path: touch.path, name }));
    });
  });
}

function ruleOf(touch: Touch): ValueNode | undefined {
  return touch.does === 'run' || touch.does === 'enable' || touch.does === 'disable' ? touch.rule : undefined;
}

function devicesOf(touch: Touch): ValueNode | undefined {
  return touch.does === 'set' && !touch.isLabel ? touch.devices : undefined;
}

function labelOf(touch: Touch): ValueNode | undefined {
  return touch.does === 'set' && touch.isLabel ? touch.devices : undefined;
}

function unique(named: readonly Named[]): Named[] {
  return [...new Map(named.map((each) => [`${each.path} ${each.name}`, each])).values()];
}

export function missingRules(portrait: Portrait, links: Links, isWhole: boolean): AnalysisFinding[] {
  const { portraits } = links;
  const named = [...triggersNaming(portrait, 'rule'), ...actionsNaming(portrait, ruleOf)];
  return unique(named).flatMap(({ path, name }) => {
    if (portraits.has(name)) return [];
    const suggestion = nearest(name, portraits.keys());
    const remark = {
      rule: portrait.rule.id,
      path,
      words: `there is no rule "${name}"`,
      params: { name },
      suggestion,
    };
    return [remarkFinding('missing-rule', isWhole ? 'warning' : 'note', remark)];
  });
}

export function missingDevices(portrait: Portrait, devices: KnownDevices): AnalysisFinding[] {
  const { id } = portrait.rule;
  const named = [...triggersNaming(portrait, 'device'), ...actionsNaming(portrait, devicesOf)];
  const ids = unique(named).flatMap(({ path, name }) => {
    if (devices.has(name)) return [];
    const suggestion = nearest(name, devices.ids());
    const words = `there is no device "${name}"`;
    return [
      remarkFinding('missing-device', 'warning', { rule: id, path, words, params: { name }, suggestion }),
    ];
  });
  const labels = unique(actionsNaming(portrait, labelOf)).flatMap(({ path, name }) => {
    const words = `no device has the label "${name}"`;
    return devices.hasLabel(name)
      ? []
      : [
          remarkFinding('missing-device', 'warning', {
            rule: id,
            path,
            words,
            params: { name, why: 'label' },
          }),
        ];
  });
  return [...ids, ...labels];
}
