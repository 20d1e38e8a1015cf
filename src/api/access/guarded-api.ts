// The use cases as one actor gets them: each call is looked up in the table of policies, refused or let through, and
// written down where it changes something. Holds no rule of its own.
import { HomeruleError, type Undo } from '../../base/index.ts';
import type { Api } from '../api.ts';
import type { LiveChannel, LiveItems, SystemView } from '../contract.ts';
import { fail } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { AuditLog } from './audit-log.ts';
import type { LoopGuard } from './loop-guard.ts';
import { type Policy, policies, type Trail, takesCalls } from './policy.ts';

export interface GuardedApiOptions {
  readonly log: AuditLog;
  readonly loops: LoopGuard;
}

interface Deed {
  readonly useCase: string;
  readonly trail: Trail;
  readonly args: readonly unknown[];
}

function fieldOf(value: unknown, name: string): string | undefined {
  const field: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (Array.isArray(field)) return field.join(',');
  return ['string', 'number', 'boolean'].includes(typeof field) ? String(field) : undefined;
}

function targetOf({ trail, args }: Deed, answer: unknown): string {
  const [, input] = args;
  if (typeof input === 'string') return input;
  return fieldOf(input, trail.target) ?? fieldOf(answer, trail.target) ?? '';
}

function detailOf({ trail, args }: Deed, answer: unknown): string {
  const [, input] = args;
  const words = trail.detail.map((name) => {
    const value = fieldOf(answer, name) ?? fieldOf(input, name);
    return value === undefined ? '' : `${name}=${value}`;
  });
  return words.filter(Boolean).join(' ');
}

export class GuardedApi implements Api {
  readonly rules: Api['rules'];
  readonly ruleTests: Api['ruleTests'];
  readonly shadows: Api['shadows'];
  readonly runs: Api['runs'];
  readonly timers: Api['timers'];
  readonly topics: Api['topics'];
  readonly devices: Api['devices'];
  readonly deviceMoves: Api['deviceMoves'];
  readonly deviceMappings: Api['deviceMappings'];
  readonly variables: Api['variables'];
  readonly history: Api['history'];
  readonly messages: Api['messages'];
  readonly causes: Api['causes'];
  readonly backtests: Api['backtests'];
  readonly past: Api['past'];
  readonly inquiries: Api['inquiries'];
  readonly clients: Api['clients'];
  readonly users: Api['users'];
  readonly acl: Api['acl'];
  readonly backups: Api['backups'];
  readonly bridges: Api['bridges'];
  readonly plugins: Api['plugins'];
  readonly flows: Api['flows'];
  readonly tokens: Api['tokens'];
  readonly sessions: Api['sessions'];
  readonly expressions: Api['expressions'];
  readonly secrets: Api['secrets'];
  readonly audit: Api['audit'];
  readonly flowCalls: Api['flowCalls'];
  readonly flowSeeds: Api['flowSeeds'];
  readonly events: Api['events'];
  readonly #api: Api;
  readonly #actor: Actor;
  readonly #log: AuditLog;
  readonly #loops: LoopGuard;

  constructor(api: Api, actor: Actor, { log, loops }: GuardedApiOptions) {
    this.#api = api;
    this.#actor = actor;
    this.#log = log;
    this.#loops = loops;
    this.rules = this.#guard('rules', api.rules, policies.rules);
    this.ruleTests = this.#guard('ruleTests', api.ruleTests, policies.ruleTests);
    this.shadows = this.#guard('shadows', api.shadows, policies.shadows);
    this.runs = this.#guard('runs', api.runs, policies.runs);
    this.timers = this.#guard('timers', api.timers, policies.timers);
    this.topics = this.#guard('topics', api.topics, policies.topics);
    this.devices = this.#guard('devices', api.devices, policies.devices);
    this.deviceMoves = this.#guard('deviceMoves', api.deviceMoves, policies.deviceMoves);
    this.deviceMappings = this.#guard('deviceMappings', api.deviceMappings, policies.deviceMappings);
    this.variables = this.#guard('variables', api.variables, policies.variables);
    this.history = this.#guard('history', api.history, policies.history);
    this.messages = this.#guard('messages', api.messages, policies.messages);
    this.causes = this.#guard('causes', api.causes, policies.causes);
    this.backtests = this.#guard('backtests', api.backtests, policies.backtests);
    this.past = this.#guard('past', api.past, policies.past);
    this.inquiries = this.#guard('inquiries', api.inquiries, policies.inquiries);
    this.clients = this.#guard('clients', api.clients, policies.clients);
    this.users = this.#guard('users', api.users, policies.users);
    this.acl = this.#guard('acl', api.acl, policies.acl);
    this.backups = this.#guard('backups', api.backups, policies.backups);
    this.bridges = this.#guard('bridges', api.bridges, policies.bridges);
    this.plugins = this.#guard('plugins', api.plugins, policies.plugins);
    this.flows = this.#guard('flows', api.flows, policies.flows);
    this.sessions = this.#guard('sessions', api.sessions, policies.sessions);
    this.tokens = this.#guard('tokens', api.tokens, policies.tokens);
    this.expressions = this.#guard('expressions', api.expressions, policies.expressions);
    this.secrets = this.#guard('secrets', api.secrets, policies.secrets);
    this.audit = this.#guard('audit', api.audit, policies.audit);
    this.flowCalls = this.#guard('flowCalls', api.flowCalls, policies.flowCalls);
    this.flowSeeds = this.#guard('flowSeeds', api.flowSeeds, policies.flowSeeds);
    this.events = this.#guard('events', api.events, policies.events);
  }

  system(): SystemView {
    this.#demand({ needs: 'read' }, 'system');
    return this.#api.system();
  }

  /** Told to everybody: it says nothing of the house. */
  isReady(): boolean {
    return this.#api.isReady();
  }

  watch<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): Undo {
    this.#demand(channel === 'flows' ? takesCalls : { needs: 'read' }, 'watch');
    return this.#api.watch(channel, filter, listener);
  }

  /** Every method of a room behind its policy. */
  #guard<Room extends object>(name: string, room: Room, table: Readonly<Record<string, Policy>>): Room {
    return new Proxy(room, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key, target);
        if (typeof member !== 'function' || typeof key === 'symbol') return member;
        const useCase = `${name}.${key}`;
        const policy = Object.hasOwn(table, key) ? table[key] : undefined;
        return (...args: readonly unknown[]) => {
          if (policy === undefined) throw new HomeruleError('internal', 'bug', `${useCase} has no policy`);
          const { trail } = policy;
          this.#demand(policy, useCase);
          if (trail === undefined) return Reflect.apply(member, target, args);
          return this.#record({ useCase, trail, args }, () => {
            this.#loops.check(this.#actor);
            return Reflect.apply(member, target, args);
          });
        };
      },
    });
  }

  #demand({ needs, isForFlows = false }: Policy, useCase: string): void {
    const { may, name, role, address, origin } = this.#actor;
    if (may.includes(needs) || (isForFlows && origin === 'flow')) return;
    if (role === 'stranger')
      throw fail('not-loopback', 'only this machine itself may call until an administrator exists');
    if (role === 'nobody') throw fail('login-needed', 'log in, or send a token as `Authorization: Bearer …`');
    const head = { who: name, action: useCase, target: '', address };
    this.#log.count({ ...head, outcome: 'refused', detail: `needs ${needs}` });
    throw fail('not-allowed', `${name} may not do this: it needs the permission "${needs}"`, {
      params: { needs },
    });
  }

  async #record(deed: Deed, run: () => unknown): Promise<unknown> {
    let answer: unknown;
    try {
      answer = await run();
    } catch (error) {
      const code = error instanceof HomeruleError ? error.code : 'internal';
      await this.#write(deed, { outcome: 'failed', target: targetOf(deed, undefined), detail: code });
      throw error;
    }
    const detail = detailOf(deed, answer);
    await this.#write(deed, { outcome: 'done', target: targetOf(deed, answer), detail });
    return answer;
  }

  /** On disk before the answer, but for what is only counted. */
  async #write(
    { useCase, trail }: Deed,
    result: { readonly outcome: 'done' | 'failed'; readonly target: string; readonly detail: string },
  ): Promise<void> {
    const { name, address } = this.#actor;
    const entry = { who: name, action: useCase, address, ...result };
    if (trail.isCounted) this.#log.count(entry);
    else await this.#log.write(entry);
  }
}
