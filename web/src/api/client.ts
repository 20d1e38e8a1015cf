// The one way to call the server over HTTP. Answers are trusted to have the shapes of the contract.
import { ApiError, refusalFrom } from './api-error.ts';
import { linesOf } from './lines.ts';
import type {
  AnalysisView,
  BridgeView,
  CheckView,
  DeviceEditRequest,
  DeviceSetRequest,
  DeviceSetView,
  DeviceUsesView,
  DeviceView,
  EvaluateRequest,
  EvaluateView,
  FunctionView,
  HistoryView,
  KindsView,
  LoginRequest,
  Page,
  PublishRequest,
  RuleSummary,
  RuleVersionView,
  RuleView,
  RunOutcome,
  RunRequest,
  RunSummary,
  RunView,
  SeriesView,
  SessionView,
  SetupRequest,
  SetupView,
  SystemView,
  TimerView,
  TopicNode,
  TopicView,
  VariableView,
} from './types.ts';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly json?: unknown;
  readonly yaml?: string;
  readonly ifMatch?: number | undefined;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface HistoryAsked {
  readonly topic: string;
  /** Empty: the payload itself. */
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** Which runs are asked for; `from`: an instant such as `-1h`. */
export interface RunWanted {
  readonly rule?: string;
  readonly outcome?: RunOutcome;
  readonly reason?: string;
  readonly from?: string;
}

export interface ApiClientOptions {
  readonly base?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** The words of refusals: before the first of them is handed on. */
  readonly loadWords?: () => Promise<void>;
}

const id = encodeURIComponent;

function requestOf(call: Call): RequestInit {
  const headers: Record<string, string> = { accept: call.accept ?? 'application/json' };
  const init: RequestInit = { method: call.method ?? 'GET', headers, credentials: 'same-origin' };
  if (call.yaml !== undefined) {
    headers['content-type'] = 'text/yaml';
    init.body = call.yaml;
  } else if (init.method !== 'GET') {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(call.json ?? {});
  }
  if (call.ifMatch !== undefined) headers['if-match'] = `"${call.ifMatch}"`;
  if (call.signal) init.signal = call.signal;
  return init;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!response.ok) return undefined;
    throw new ApiError({ status: response.status, code: 'bad-answer', detail: String(cause) });
  }
}

export interface SaveRuleOptions {
  readonly version: number;
  /** Although its tests fail. */
  readonly force?: boolean;
}

export class ApiClient {
  readonly #base: string;
  readonly #fetch: typeof globalThis.fetch;
  readonly #loadWords: () => Promise<void>;

  constructor(options: ApiClientOptions = {}) {
    this.#base = options.base ?? '/api/v1';
    this.#loadWords = options.loadWords ?? (() => Promise.resolve());
    this.#fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  }

  session(signal?: AbortSignal): Promise<SessionView> {
    return this.call('/session', { signal });
  }

  /** The first administrator. */
  setup(request: SetupRequest): Promise<SetupView> {
    return this.call('/setup', { method: 'POST', json: request });
  }

  login(request: LoginRequest): Promise<SessionView> {
    return this.call('/login', { method: 'POST', json: request });
  }

  logout(): Promise<void> {
    return this.call('/logout', { method: 'POST' });
  }

  system(signal?: AbortSignal): Promise<SystemView> {
    return this.call('/system', { signal });
  }

  rules(signal?: AbortSignal): Promise<Page<RuleSummary>> {
    return this.call('/rules', { signal });
  }

  rule(rule: string, signal?: AbortSignal): Promise<RuleView> {
    return this.call(`/rules/${id(rule)}`, { signal });
  }

  /** `force`: although its tests fail. */
  createRule(yaml: string, force = false): Promise<RuleView> {
    return this.call(`/rules${force ? '?force=true' : ''}`, { method: 'POST', yaml });
  }

  /** With its text. */
  ruleVersion(rule: string, version: number, signal?: AbortSignal): Promise<RuleVersionView> {
    return this.call(`/rules/${id(rule)}/versions/${version}`, { signal });
  }

  /** Refused with 412 when the stored version is not `version`. */
  saveRule(rule: string, yaml: string, { version, force = false }: SaveRuleOptions): Promise<RuleView> {
    const query = force ? '?force=true' : '';
    return this.call(`/rules/${id(rule)}${query}`, { method: 'PUT', yaml, ifMatch: version });
  }

  deleteRule(rule: string): Promise<void> {
    return this.call(`/rules/${id(rule)}`, { method: 'DELETE' });
  }

  enableRule(rule: string, enabled: boolean): Promise<unknown> {
    return this.call(`/rules/${id(rule)}/${enabled ? 'enable' : 'disable'}`, { method: 'POST' });
  }

  checkRule(yaml: string, signal?: AbortSignal): Promise<CheckView> {
    return this.call('/rules/check', { method: 'POST', yaml, signal });
  }

  /** Of triggers and actions. */
  kinds(signal?: AbortSignal): Promise<KindsView> {
    return this.call('/rules/kinds', { signal });
  }

  functions(signal?: AbortSignal): Promise<Page<FunctionView>> {
    return this.call('/expressions/functions', { signal });
  }

  /** Changes nothing. */
  evaluate(request: EvaluateRequest, signal?: AbortSignal): Promise<EvaluateView> {
    return this.call('/expressions/evaluate', { method: 'POST', json: request, signal });
  }

  variables(signal?: AbortSignal): Promise<Page<VariableView>> {
    return this.call('/variables', { signal });
  }

  runRule(rule: string, request: RunRequest): Promise<RunView> {
    return this.call(`/rules/${id(rule)}/run`, { method: 'POST', json: request });
  }

  runs(rule: string, signal?: AbortSignal): Promise<Page<RunSummary>> {
    return this.call(`/rules/${id(rule)}/runs?limit=100`, { signal });
  }

  /** Of all rules; those that wait stand first. */
  allRuns(limit: number, wanted: RunWanted = {}, signal?: AbortSignal): Promise<Page<RunSummary>> {
    const query = new URLSearchParams({ limit: String(limit), ...wanted });
    return this.call(`/runs?${query.toString()}`, { signal });
  }

  run(run: string, signal?: AbortSignal): Promise<RunView> {
    return this.call(`/runs/${id(run)}`, { signal });
  }

  cancelRun(run: string): Promise<unknown> {
    return this.call(`/runs/${id(run)}/cancel`, { method: 'POST' });
  }

  async timers(signal?: AbortSignal): Promise<readonly TimerView[]> {
    return (await this.call<Page<TimerView>>('/timers', { signal })).items;
  }

  cancelTimer(timer: string): Promise<unknown> {
    return this.call(`/timers/${id(timer)}`, { method: 'DELETE' });
  }

  fireTimer(timer: string): Promise<unknown> {
    return this.call(`/timers/${id(timer)}/fire`, { method: 'POST' });
  }

  analysis(signal?: AbortSignal): Promise<AnalysisView> {
    return this.call('/rules/analysis', { signal });
  }

  async bridges(signal?: AbortSignal): Promise<readonly BridgeView[]> {
    return (await this.call<Page<BridgeView>>('/bridges', { signal })).items;
  }

  /** One level of the tree; the root has the parent ''. */
  topicLevel(parent: string, signal?: AbortSignal): Promise<Page<TopicNode>> {
    return this.call(`/topics?parent=${id(parent)}`, { signal });
  }

  searchTopics(words: string, signal?: AbortSignal): Promise<Page<TopicView>> {
    return this.call(`/topics?search=${id(words)}&limit=200`, { signal });
  }

  topic(topic: string, signal?: AbortSignal): Promise<TopicView> {
    return this.call(`/topics/${id(topic)}`, { signal });
  }

  clearRetained(topic: string): Promise<void> {
    return this.call(`/retained/${id(topic)}`, { method: 'DELETE' });
  }

  history({ topic, path, from, to, points }: HistoryAsked, signal?: AbortSignal): Promise<HistoryView> {
    const query = `topic=${id(topic)}&path=${id(path)}&from=${Math.round(from)}&to=${Math.round(to)}`;
    return this.call(`/history?${query}&points=${points}`, { signal });
  }

  /** Where every value of the time is to be had as CSV. */
  historyFile({ topic, path, from, to }: Omit<HistoryAsked, 'points'>): string {
    const query = `topic=${id(topic)}&path=${id(path)}&from=${Math.round(from)}&to=${Math.round(to)}`;
    return `${this.#base}/history?${query}&format=csv`;
  }

  /** What of a topic has a history. */
  async historySeries(topic: string, signal?: AbortSignal): Promise<readonly SeriesView[]> {
    return (await this.call<Page<SeriesView>>(`/history/series?topic=${id(topic)}`, { signal })).items;
  }

  publish(request: PublishRequest): Promise<unknown> {
    return this.call('/publish', { method: 'POST', json: request });
  }

  /** A thousand at a time, from the id after `cursor`. */
  devices(cursor?: string, signal?: AbortSignal): Promise<Page<DeviceView>> {
    const from = cursor === undefined ? '' : `&cursor=${id(cursor)}`;
    return this.call(`/devices?limit=1000${from}`, { signal });
  }

  device(device: string, signal?: AbortSignal): Promise<DeviceView> {
    return this.call(`/devices/${id(device)}`, { signal });
  }

  /** Refused with 412 when the stored version is not `version`. */
  editDevice(device: string, edit: DeviceEditRequest, version: number): Promise<DeviceView> {
    return this.call(`/devices/${id(device)}`, { method: 'PATCH', json: edit, ifMatch: version });
  }

  setDevice(device: string, request: DeviceSetRequest): Promise<DeviceSetView> {
    return this.call(`/devices/${id(device)}/set`, { method: 'POST', json: request });
  }

  forgetDevice(device: string): Promise<void> {
    return this.call(`/devices/${id(device)}`, { method: 'DELETE' });
  }

  deviceUses(device: string, signal?: AbortSignal): Promise<DeviceUsesView> {
    return this.call(`/devices/${id(device)}/used-by`, { signal });
  }

  /** One request. What only one page asks is written there, so that it comes with the page. */
  async call<Answer>(path: string, call: Call = {}): Promise<Answer> {
    const response = await this.#send(path, call);
    const body = await bodyOf(response);
    if (!response.ok) throw await this.#refusal(response.status, body);
    return body as Answer;
  }

  /** An answer that comes line by line, each of them JSON; leaving the loop ends it. */
  async *lines<Line>(path: string, call: Call): AsyncGenerator<Line> {
    const response = await this.#send(path, { ...call, accept: 'application/x-ndjson' });
    if (!response.ok) throw await this.#refusal(response.status, await bodyOf(response));
    if (response.body === null) return;
    for await (const line of linesOf(response.body)) yield JSON.parse(line) as Line;
  }

  /** When the words for it cannot be had, the server's own are there. */
  async #refusal(status: number, body: unknown): Promise<ApiError> {
    await this.#loadWords().catch(() => undefined);
    return refusalFrom(status, body);
  }

  async #send(path: string, call: Call): Promise<Response> {
    try {
      return await this.#fetch(this.#base + path, requestOf(call));
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      throw new ApiError({ status: 0, code: 'offline', detail: String(cause) });
    }
  }
}
