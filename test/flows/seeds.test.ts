// Flows that come with Homerule: whole, spoken of in two languages, and merged without a loss.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { FlowNode } from '../../src/api/index.ts';
import { SeedLibrary } from '../../src/flows/index.ts';
import { merge } from '../../src/flows/seeds/merge.ts';

const folder = fileURLToPath(new URL('../../flows', import.meta.url));
const seeds = await new SeedLibrary(folder).list();

const chinese = /[一-鿿]/;

describe.each(seeds.map((seed) => [seed.head.name, seed] as const))('%s', (name, { head, nodes }) => {
  const [tab, ...rest] = nodes;
  const ids = nodes.map(({ id }) => id);

  test('is one tab of nodes with ids of their own, wired to each other', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id === `homerule-${name}` || id.startsWith(`homerule-${name}-`))).toBe(true);
    for (const node of rest) {
      expect(node['z'], node.id).toBe(tab.id);
      const { wires = [], scope = [] } = node as FlowNode & { wires?: string[][]; scope?: string[] };
      expect(ids, node.id).toEqual(expect.arrayContaining([...wires.flat(), ...scope]));
    }
  });

  test('says which settings it uses, and uses them', () => {
    const text = readFileSync(`${folder}/${name}.json`, 'utf8');
    const known = head.settings.map((one) => one.name);
    expect(tab.env.map((one) => one.name)).toEqual(known);
    for (const one of known)
      expect(
        text.includes(`\${${one}}`) ||
          text.includes(`env(\\"${one}\\")`) ||
          text.includes(`env.get('${one}')`),
        one,
      ).toBe(true);
    const used = [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, one]) => one);
    expect(known).toEqual(expect.arrayContaining(used));
  });

  test('is explained in English and in Chinese', () => {
    const comment = rest.find(({ type }) => type === 'comment');
    for (const words of [comment?.['name'], comment?.['info'], tab['info']]) {
      expect(words).toMatch(chinese);
      expect(words).toMatch(/[a-z]{4}/i);
    }
    for (const { zh } of [head.title, head.description, ...head.settings.map(({ label }) => label)])
      expect(zh).toMatch(chinese);
  });
});

test('there are the six that are promised', () => {
  expect(seeds.map(({ head }) => head.name)).toEqual([
    'presence-lighting',
    'bemfa-approval',
    'daily-report',
    'door-left-open',
    'energy-budget',
    'webhook-to-device',
  ]);
});

describe('a merge', () => {
  const [seed] = seeds;
  if (seed === undefined) throw new Error('there are no seeds');
  const { nodes } = seed;
  const [tab, , present] = nodes;
  const mine: FlowNode = { id: 'mine', type: 'tab', label: 'mine' };
  const plain = { isReplacing: false, settings: {} };

  test('puts a seed behind what is there, once', () => {
    const once = merge([mine], nodes, plain);
    expect(once).toMatchObject({ added: nodes.length, kept: 0, replaced: 0, isChanged: true });
    expect(once.flows).toEqual([mine, ...nodes]);
    const again = merge(once.flows, nodes, plain);
    expect(again).toEqual({ flows: once.flows, added: 0, kept: nodes.length, replaced: 0, isChanged: false });
  });

  test('keeps what a person changed, and brings back what is missing', () => {
    const changed = nodes.slice(0, -1).map((node) => (node === present ? { ...node, name: 'mine' } : node));
    const { flows, added, kept } = merge(changed, nodes, plain);
    expect([added, kept]).toEqual([1, nodes.length - 1]);
    expect(flows.find(({ id }) => id === present?.id)).toMatchObject({ name: 'mine' });
  });

  test('puts all back when it is to, and leaves other flows alone', () => {
    const own: FlowNode = { id: 'own', type: 'debug', z: tab.id };
    const changed = [
      mine,
      ...nodes.map((node) => (node === present ? { ...node, name: 'mine' } : node)),
      own,
    ];
    const { flows, replaced } = merge(changed, nodes, { isReplacing: true, settings: {} });
    expect(flows).toEqual([mine, ...nodes]);
    expect(replaced).toBe(nodes.length);
  });

  test('sets what is said of this home and nothing else', () => {
    const once = merge([], nodes, { isReplacing: false, settings: { LAMP: 'desk' } });
    const twice = merge(once.flows, nodes, { isReplacing: false, settings: { SENSOR: 'radar' } });
    expect(twice).toMatchObject({ added: 0, isChanged: true });
    const env = Object.fromEntries(
      (twice.flows[0] as typeof tab).env.map(({ name, value }) => [name, value]),
    );
    expect(env).toMatchObject({ LAMP: 'desk', SENSOR: 'radar', TRIES: '3' });
    expect(merge(twice.flows, nodes, { isReplacing: false, settings: { LAMP: 'desk' } }).isChanged).toBe(
      false,
    );
  });
});
