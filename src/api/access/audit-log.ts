// Who did what, when and from where: bounded, in RAM for reading and as rows for the next start. What happens often is
// one entry a minute with a count; denials have a place of their own, and messages that were denied another, so that noise
// evicts neither deeds nor attempts to get in.
import type { Clock, Commits, Ids, Rows } from '../../base/index.ts';
import type { AuditApi, AuditQuery } from '../api.ts';
import type { AuditView, Page } from '../contract.ts';
import type { ClientHappening } from '../ports.ts';

export interface AuditLogOptions {
  readonly rows: Rows<AuditView>;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** An entry before it is numbered. */
export type AuditEntry = Omit<AuditView, 'id' | 'at' | 'count'>;

const mostDeeds = 10_000;
const mostDenials = 2_000;
const mostDeniedMessages = 2_000;
const longestMs = 400 * 86_400_000;
const minuteMs = 60_000;
/** Different entries that are counted in one minute; what is beyond is one more entry together. */
const countedPerMinute = 60;
/** Topics of one client that are told apart in a minute. */
const topicsPerMinute = 4;
const longestText = 200;
const defaultLimit = 100;

const cut = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

const isDenial = (entry: AuditEntry): boolean => entry.outcome === 'refused';

/** A client may not publish there: of each topic it is told, for that is why a rule heard nothing. */
const isDeniedMessage = ({ action, outcome }: AuditEntry): boolean =>
  outcome === 'refused' && action === 'client.publish';

function isWanted(row: AuditView, query: AuditQuery): boolean {
  const { cursor, who, action, target, outcome, from, to } = query;
  if (cursor !== undefined && row.id >= cursor) return false;
  if (from !== undefined && row.at < from) return false;
  if (to !== undefined && row.at > to) return false;
  if (outcome !== undefined && row.outcome !== outcome) return false;
  if (who !== undefined && row.who !== who) return false;
  if (target !== undefined && row.target !== target) return false;
  return action === undefined || row.action === action || row.action.startsWith(`${action}.`);
}

export class AuditLog implements AuditApi {
  readonly #options: AuditLogOptions;
  /** Oldest first. */
  readonly #deeds = new Map<string, AuditView>();
  readonly #denials = new Map<string, AuditView>();
  readonly #deniedMessages = new Map<string, AuditView>();
  #minute = 0;
  readonly #counted = new Map<string, AuditView>();
  #overflowed = 0;

  constructor(options: AuditLogOptions) {
    this.#options = options;
  }

  /** Entries that share one row because too many came in a minute. */
  get overflowed(): number {
    return this.#overflowed;
  }

  load(rows: readonly AuditView[]): void {
    for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))) this.#shelfOf(row).set(row.id, row);
    this.#trim();
  }

  /** Newest first. */
  list(query: AuditQuery): Page<AuditView> {
    const { limit = defaultLimit } = query;
    const all = [this.#deeds, this.#denials, this.#deniedMessages].flatMap((shelf) => [...shelf.values()]);
    const found = all.filter((row) => isWanted(row, query)).sort((a, b) => (a.id < b.id ? 1 : -1));
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return found.length > limit && last ? { items, next: last.id } : { items };
  }

  /** Resolves when the entry is on disk. */
  write(entry: AuditEntry): Promise<void> {
    const { commits } = this.#options;
    this.#keep(this.#rowOf(entry));
    return new Promise((resolve) => commits.whenCommitted(commits.open, resolve));
  }

  /** Once a minute for the same actor, action and address; the first target and detail stand for all, but for topics. */
  count(entry: AuditEntry): void {
    const minute = Math.floor(this.#options.clock.now() / minuteMs);
    if (minute !== this.#minute) this.#counted.clear();
    this.#minute = minute;
    const key = this.#keyOf(entry);
    const isFull = this.#counted.size >= countedPerMinute && !this.#counted.has(key);
    if (isFull) this.#overflowed++;
    this.#countAs(isFull ? '' : key, isFull ? othersOf(entry) : entry);
  }

  /** What the broker did not let a client do. */
  clientTold(event: ClientHappening): void {
    if (event.kind === 'refused') {
      const { address, reason } = event;
      const head = { who: '', action: 'client.enter', target: '', address };
      this.count({ ...head, outcome: 'refused', detail: reason });
    } else if (event.kind === 'denied') {
      const { client, what, topic, address, reason, user } = event;
      const detail = user === undefined ? reason : `${reason}; user ${user}`;
      this.count({
        who: client,
        action: `client.${what}`,
        target: topic,
        address,
        outcome: 'refused',
        detail,
      });
    }
  }

  /** Of a client's denied topics the first of each minute are told apart, so that one client cannot fill it. */
  #keyOf(entry: AuditEntry): string {
    const { outcome, action, address, who, target } = entry;
    const head = `${outcome} ${action} ${address} ${who}\n`;
    const key = `${head}${target}`;
    if (!isDeniedMessage(entry)) return head;
    if (this.#counted.has(key)) return key;
    let topics = 0;
    for (const known of this.#counted.keys()) if (known !== head && known.startsWith(head)) topics++;
    return topics < topicsPerMinute ? key : head;
  }

  #countAs(key: string, entry: AuditEntry): void {
    const known = this.#counted.get(key);
    const row = known === undefined ? this.#rowOf(entry) : { ...known, count: known.count + 1 };
    this.#counted.set(key, row);
    this.#keep(row);
  }

  #rowOf({ who, action, target, address, outcome, detail }: AuditEntry): AuditView {
    const { clock, ids } = this.#options;
    const texts = { who: cut(who), action, target: cut(target), address, outcome, detail: cut(detail) };
    return { id: ids.next(), at: clock.now(), ...texts, count: 1 };
  }

  #keep(row: AuditView): void {
    this.#shelfOf(row).set(row.id, row);
    this.#options.rows.put(row);
    this.#trim();
  }

  #shelfOf(entry: AuditEntry): Map<string, AuditView> {
    if (isDeniedMessage(entry)) return this.#deniedMessages;
    return isDenial(entry) ? this.#denials : this.#deeds;
  }

  #trim(): void {
    const oldest = this.#options.clock.now() - longestMs;
    this.#trimShelf(this.#deeds, mostDeeds, oldest);
    this.#trimShelf(this.#denials, mostDenials, oldest);
    this.#trimShelf(this.#deniedMessages, mostDeniedMessages, oldest);
  }

  #trimShelf(shelf: Map<string, AuditView>, most: number, oldest: number): void {
    for (const { id, at } of shelf.values()) {
      if (shelf.size <= most && at >= oldest) return;
      shelf.delete(id);
      this.#options.rows.delete(id);
    }
  }
}

function othersOf({ outcome }: AuditEntry): AuditEntry {
  return { who: '', action: 'others', target: '', address: '', outcome, detail: 'too many in this minute' };
}
