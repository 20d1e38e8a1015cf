// Use cases about clients, topics, messages and their history.
import type { Actor } from '../access/actor.ts';
import type {
  BridgeView,
  ClientSummary,
  HistoryView,
  MessagePage,
  MessageView,
  Page,
  PublishRequest,
  SampleView,
  SeriesView,
  TopicDetail,
  TopicNode,
  TopicView,
} from '../contract.ts';
import type { ListOptions, TimeQuery } from './lists.ts';

export interface ClientsApi {
  /** By id. */
  list(options: ListOptions): Page<ClientSummary>;
  /** Ends a connection, or the session of a client that is away. Throws `client-missing`. */
  end(actor: Actor, id: string): Promise<void>;
}

export interface TopicsApi {
  list(options: ListOptions & { readonly prefix?: string; readonly search?: string }): Page<TopicView>;
  children(parent: string): readonly TopicNode[];
  get(topic: string): TopicDetail;
  publish(actor: Actor, request: PublishRequest): Promise<void>;
  /** Removes a retained message; the last value stays. */
  clearRetained(actor: Actor, topic: string): Promise<void>;
}

export interface HistoryQuery extends TimeQuery {
  readonly topic: string;
  /** Into JSON; the payload itself when absent. */
  readonly path?: string;
}

/** All throw `history-missing`, `bad-time`, `bad-range`. */
export interface HistoryApi {
  draw(query: HistoryQuery & { readonly points?: number }): Promise<HistoryView>;
  /** Every sample, oldest first, page by page; who stops asking stops the reading. */
  samples(query: HistoryQuery): Promise<AsyncIterable<readonly SampleView[]>>;
  /** Never an error: none for a topic that is not known. */
  series(topic: string): Promise<readonly SeriesView[]>;
}

export interface MessageQuery extends ListOptions, TimeQuery {
  /** Default `#`. */
  readonly filter?: string;
  /** Default `newest` first. */
  readonly order?: 'newest' | 'oldest';
}

/** All throw `bad-filter`, `bad-time`, `bad-range`. */
export interface MessagesApi {
  list(query: MessageQuery): Promise<MessagePage>;
  /** Oldest first, page by page, at most `limit`; who stops asking stops the reading. */
  all(query: MessageQuery): AsyncIterable<readonly MessageView[]>;
}

export interface BridgesApi {
  /** By name. */
  list(): readonly BridgeView[];
  /** Throws `bridge-missing`. */
  get(name: string): BridgeView;
  /** Resolves after the commit. Throws `bridge-invalid` with `details.problems`, `bridge-fixed`, `bridge-limit`. */
  save(actor: Actor, name: string, document: unknown): Promise<BridgeView>;
  /** Throws `bridge-missing`, `bridge-fixed`. */
  delete(actor: Actor, name: string): Promise<void>;
}
