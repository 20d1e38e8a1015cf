// The built house as a subject of the engine benchmark: started without breakers, its rules loaded over the API.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startHouse, type TestHouse } from '../../support/house.ts';
import { inputFilter, outputTopic, passingMessages, type RuleText, rulesOf } from './bench-rules.ts';
import type { Subject } from './subject.ts';

export interface HouseSubject extends Subject {
  readonly house: TestHouse;
  readonly rules: number;
  /** How long it took to load the rules. */
  readonly loadSeconds: number;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Requests under way: enough that many saves share one commit. */
const atOnce = 64;

/** Compiles the server into dist, as users run it. Throws with the compiler's words. */
export function buildServer(): void {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'build:server'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the server cannot be built:\n${stdout}`);
}

/** No breaker, for a rule of a benchmark runs more often than any rule should. */
export const benchEnvironment = { HOMERULE_RULES__BREAKER__RUNS: '0', HOMERULE_LOG__LEVEL: 'warn' };

async function save(url: string, rule: RuleText): Promise<void> {
  const response = await fetch(`${url}/api/v1/rules/${rule.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'text/yaml' },
    body: rule.yaml,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`rule ${rule.id} was refused with ${response.status}: ${text}`);
}

export async function loadRules(url: string, rules: readonly RuleText[]): Promise<void> {
  const left = rules.values();
  const work = async (): Promise<void> => {
    for (const rule of left) await save(url, rule);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** A house with `rules` rules of which one matches; without rules the load itself is what its subscriber gets. */
export async function startHouseSubject(
  rules: number,
  env: Readonly<Record<string, string>> = {},
): Promise<HouseSubject> {
  const house = await startHouse({ isBuilt: true, env: { ...benchEnvironment, ...env } });
  const start = performance.now();
  await loadRules(house.url, rulesOf(rules));
  return {
    house,
    rules,
    loadSeconds: (performance.now() - start) / 1000,
    name: rules === 0 ? 'house, no rules' : `house, ${rules} rule${rules === 1 ? '' : 's'}`,
    port: house.mqttPort,
    pids: [house.pid],
    messages: passingMessages,
    filter: rules === 0 ? inputFilter : outputTopic,
    stop: async () => void (await house.stop()),
  };
}

/** One figure of /metrics; NaN when it is not there. */
export async function metricOf(house: TestHouse, name: string): Promise<number> {
  const text = await (await fetch(`${house.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}
