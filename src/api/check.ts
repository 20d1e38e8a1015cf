// Checking a rule without a running house: for `homerule rule check` and tests.
import { Analysis, checkText, splitSource } from '../rules/index.ts';
import { problemsOf } from './analyses.ts';
import type { CheckView } from './contract.ts';

/** Where a home is decides when the sun rises, not whether a rule is right. */
const anywhere = { latitude: 0, longitude: 0 };

/** What `POST /rules/check` answers to each, for a home in this machine's time zone that has these rules and no others. */
export function checkRuleTexts(texts: readonly string[]): CheckView[] {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const checked = texts.map((text) => checkText(text, { version: 0, home: { zone, place: anywhere } }));
  const analysis = new Analysis();
  for (const { rule } of checked) if (rule !== undefined) analysis.put(rule, true);
  return checked.map((each) => {
    const { rule, problems } = each;
    if (rule === undefined) return { problems, findings: [] };
    const findings = analysis.findingsOf(rule.id);
    return {
      rule: { id: rule.id, name: rule.name },
      problems: [...problems, ...problemsOf(findings, each)],
      findings,
    };
  });
}

/** The texts of the rules in one file, `---` between them. */
export function splitRuleTexts(text: string): readonly string[] {
  return splitSource(text);
}
