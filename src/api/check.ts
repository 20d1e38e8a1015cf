// Checking a rule without a running house: for `homerule rule check` and tests.
import { checkText, splitSource } from '../rules/index.ts';
import type { CheckView } from './contract.ts';

/** Where a home is decides when the sun rises, not whether a rule is right. */
const anywhere = { latitude: 0, longitude: 0 };

/** What `POST /rules/check` answers, for a home in this machine's time zone. */
export function checkRuleText(text: string): CheckView {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { rule, problems } = checkText(text, { version: 0, home: { zone, place: anywhere } });
  return rule === undefined ? { problems } : { rule: { id: rule.id, name: rule.name }, problems };
}

/** The texts of the rules in one file, `---` between them. */
export function splitRuleTexts(text: string): readonly string[] {
  return splitSource(text);
}
