// What an analysis finds in a set of rules, as data: which findings, and which not.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Analysis, type AnalysisFinding, checkText, splitSource } from '../../src/rules/index.ts';
import { knownHouse } from '../support/known-house.ts';

const file = fileURLToPath(new URL('../cases/analysis.yaml', import.meta.url));

const finding = z.strictObject({
  code: z.string(),
  rules: z.array(z.string()),
  severity: z.enum(['warning', 'note']).default('warning'),
  at: z.string().optional(),
  /** Parts of its words. */
  says: z.array(z.string()).default([]),
  suggestion: z.string().optional(),
});

const caseShape = z.strictObject({
  name: z.string(),
  rules: z.string(),
  /** Topics with values that were heard; without, there is no house. */
  heard: z.record(z.string(), z.unknown()).optional(),
  devices: z
    .record(
      z.string(),
      z.object({
        commands: z.array(z.string()),
        reports: z.array(z.string()),
        labels: z.array(z.string()).default([]),
      }),
    )
    .default({}),
  finds: z.array(finding).default([]),
});

const cases = z.array(caseShape).parse(parse(readFileSync(file, 'utf8')));

type Case = (typeof cases)[number];

function analysisOf({ rules, heard, devices }: Case): Analysis {
  const house = heard === undefined ? undefined : knownHouse(heard, devices);
  const analysis = new Analysis(house === undefined ? {} : { house });
  for (const text of splitSource(rules)) {
    const { rule, problems } = checkText(text, { version: 1, home: { zone: 'UTC' } });
    if (rule === undefined) throw new Error(JSON.stringify(problems));
    analysis.put(rule, !/enabled: false/.test(text));
  }
  return analysis;
}

const headOf = ({ code, severity, rules }: Pick<AnalysisFinding, 'code' | 'severity' | 'rules'>): string =>
  `${severity} ${code} ${rules.toSorted((a, b) => (a < b ? -1 : 1)).join(' ')}`;

describe('an analysis', () => {
  it.each(cases)('$name', async (example) => {
    const { findings, isPartial } = await analysisOf(example).whole(() => Promise.resolve());
    expect(isPartial).toBe(false);
    expect(findings.map((each) => headOf(each)).toSorted()).toEqual(
      example.finds.map((each) => headOf({ ...each, code: each.code as AnalysisFinding['code'] })).toSorted(),
    );
    for (const wanted of example.finds) {
      const found = findings.filter(
        ({ code, path }) => code === wanted.code && (wanted.at === undefined || path[0]?.path === wanted.at),
      );
      const texts = found.map(({ words }) => words).join('\n');
      for (const part of wanted.says) expect(texts).toContain(part);
      if (wanted.suggestion !== undefined)
        expect(found.map(({ suggestion }) => suggestion)).toContain(wanted.suggestion);
      if (wanted.at !== undefined) expect(found).not.toEqual([]);
    }
  });

  it.each(cases)('says of each rule alone what it says of all: $name', async (example) => {
    const analysis = analysisOf(example);
    const { findings } = await analysis.whole(() => Promise.resolve());
    const ids = new Set(findings.flatMap(({ rules }) => rules));
    for (const id of ids) {
      const own = findings.filter(({ rules, code }) =>
        code === 'loop' || code === 'conflicting-writers' ? rules.includes(id) : rules[0] === id,
      );
      expect(new Set(analysis.findingsOf(id).map(headOf))).toEqual(new Set(own.map(headOf)));
    }
  });
});

describe('an analysis that is kept up to date', () => {
  const compiled = (text: string) => {
    const { rule } = checkText(text, { version: 1, home: { zone: 'UTC' } });
    if (rule === undefined) throw new Error(text);
    return rule;
  };
  const texts = cases.flatMap(({ rules }) => splitSource(rules));
  const seen = async (analysis: Analysis) => {
    const { findings, graph } = await analysis.whole(() => Promise.resolve());
    const edges = graph.edges.map((edge) => JSON.stringify(edge));
    return { findings: new Set(findings.map((each) => headOf(each))), edges: new Set(edges) };
  };

  it('says after any saves and deletions what a new one says', async () => {
    const change = fc.record({
      which: fc.nat(texts.length - 1),
      isDeleted: fc.boolean(),
      isAsked: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        const analysis = new Analysis();
        const left = new Map<string, ReturnType<typeof compiled>>();
        for (const { which, isDeleted, isAsked } of changes) {
          const rule = compiled(texts[which] ?? '');
          if (isDeleted) {
            analysis.delete(rule.id);
            left.delete(rule.id);
          } else {
            analysis.check(rule);
            analysis.put(rule, true);
            left.set(rule.id, rule);
          }
          if (isAsked) await seen(analysis);
        }
        const fresh = new Analysis();
        for (const rule of left.values()) fresh.put(rule, true);
        expect(await seen(analysis)).toEqual(await seen(fresh));
      }),
      { numRuns: 60 },
    );
  });
});
