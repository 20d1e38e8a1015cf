// The rules that the engine benchmark loads: one that every message wakes and passes, and others that sleep.
import type { BenchMessage } from './frames.ts';

export const inputFilter = 'bench/in/+';
export const outputTopic = 'bench/out';
export const condition = 'payload.temperature > 25';
export const answer = 'on';

export interface RuleText {
  readonly id: string;
  readonly yaml: string;
}

/** Woken by every message of the load, passes, publishes. */
const matching: RuleText = {
  id: 'bench-matching',
  yaml: `id: bench-matching
triggers:
  - message: ${inputFilter}
conditions:
  - ${condition}
actions:
  - publish: ${outputTopic}
    payload: "${answer}"
    qos: 0
`,
};

/** On a topic of its own, where nothing is ever published. */
function sleeping(n: number): RuleText {
  const id = `bench-sleeping-${n}`;
  const yaml = `id: ${id}
triggers:
  - message: bench/sleeping/${n}/state
conditions:
  - payload.temperature > ${n % 40}
actions:
  - publish: bench/sleeping/${n}/set
    payload: { state: "ON" }
`;
  return { id, yaml };
}

/** `count` rules of which the first matches. */
export function rulesOf(count: number): RuleText[] {
  return Array.from({ length: count }, (_, n) => (n === 0 ? matching : sleeping(n)));
}

/** Reports of sensors on a hundred topics, ten values each, so that consecutive values differ. */
function reports(from: number): BenchMessage[] {
  return Array.from({ length: 1000 }, (_, n) => ({
    topic: `bench/in/${n % 100}`,
    payload: JSON.stringify({ temperature: from + Math.floor(n / 100), humidity: 40, battery: 97 }),
  }));
}

/** Every one passes the condition. */
export const passingMessages = reports(25.5);
/** None does. */
export const failingMessages = reports(10.5);

/** One report of each of `count` devices. */
export function deviceMessages(count: number): BenchMessage[] {
  return Array.from({ length: count }, (_, n) => ({
    topic: `bench/device/${n}/state`,
    payload: JSON.stringify({ state: 'ON', brightness: n % 255, linkquality: 120 }),
  }));
}
