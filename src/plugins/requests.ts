// Requests under `/plugins/ID`: asks the plugin, and sees to it that no more of its answer leaves the house than may.
import { z } from 'zod';
import type { PluginHttpAnswer, PluginHttpRequest } from '../api/index.ts';
import { fail } from './errors.ts';
import { failureOf } from './failure.ts';
import type { OfferedRoute } from './routes.ts';
import type { RunningPlugin } from './running-plugin.ts';

const mostUnderWay = 32;
const largestAnswer = 1_048_576;

/** No page that would run as the house's own. */
const types = ['application/json', 'text/plain', 'text/csv'] as const;

const reply = z.object({
  status: z.int().min(200).max(599),
  type: z.enum(types, { error: `expected ${types.join(', ')}` }).default('application/json'),
  body: z.unknown().optional(),
});

function textOf(type: PluginHttpAnswer['type'], body: unknown): string {
  if (body === undefined) return '';
  if (type === 'application/json') return JSON.stringify(body) ?? '';
  if (typeof body === 'string') return body;
  throw fail('plugin-failed', `the plugin answered ${type} with something that is no text`);
}

/** Throws `plugin-failed`. */
function answerOf(given: unknown): PluginHttpAnswer {
  const { data, error } = reply.safeParse(given);
  if (data === undefined) {
    const [issue] = error.issues;
    const where = issue?.path.join('.') || 'answer';
    throw fail('plugin-failed', `the plugin gave a wrong answer: ${where}: ${issue?.message ?? 'wrong'}`);
  }
  const { status, type, body } = data;
  const text = textOf(type, body);
  if (text.length > largestAnswer)
    throw fail('plugin-failed', `the plugin's answer is larger than ${largestAnswer} characters`);
  return { status, type, text };
}

export class Requests {
  readonly #underWay = new Map<string, number>();
  #total = 0;
  #failed = 0;

  counters(): Readonly<Record<string, number>> {
    return { pluginRequests: this.#total, pluginRequestsFailed: this.#failed };
  }

  /** Throws `plugin-limit`, `plugin-failed`, `plugin-timeout`, `plugin-unavailable`. */
  async answer(
    running: RunningPlugin,
    route: OfferedRoute,
    request: PluginHttpRequest,
  ): Promise<PluginHttpAnswer> {
    const { id } = running;
    const count = this.#underWay.get(id) ?? 0;
    if (count >= mostUnderWay)
      throw fail('plugin-limit', `${mostUnderWay} requests wait for the plugin "${id}" already`);
    this.#underWay.set(id, count + 1);
    this.#total++;
    try {
      return answerOf(await running.ask('request', `${route.method} ${route.path}`, request));
    } catch (error) {
      this.#failed++;
      throw failureOf('the plugin could not answer', error);
    } finally {
      this.#underWay.set(id, (this.#underWay.get(id) ?? 1) - 1);
    }
  }
}
