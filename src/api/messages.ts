// Use cases about the journal: messages as they were accepted.
import { isUtf8 } from 'node:buffer';
import { filterFault } from '../base/index.ts';
import type { Input } from '../rules/index.ts';
import type { MessageQuery, MessagesApi } from './api.ts';
import type { MessagePage, MessageView } from './contract.ts';
import { fail } from './errors.ts';
import { gapView, rangeOf, type TimeRange } from './history.ts';
import type { LocalClock } from './instant.ts';
import type { JournalPort } from './ports.ts';

const defaultLimit = 100;
const exportPage = 1000;
/** After so long the page is answered with what was found. */
const patienceMs = 2000;
const maxShownBytes = 65_536;

interface JournalWhere extends TimeRange {
  readonly filter: string;
}

function viewOf(input: Input): MessageView[] {
  if (input.kind !== 'message') return [];
  const { seq, at, topic, payload, qos, retain, origin, by, cause } = input;
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const isText = isUtf8(bytes);
  const shown = bytes.subarray(0, maxShownBytes);
  return [
    {
      ...{ id: `${seq}`, at, topic, payload: shown.toString(isText ? 'utf8' : 'base64') },
      ...{ bytes: bytes.length, qos, retain, origin, by },
      ...(!isText && { binary: true }),
      ...(shown.length < bytes.length && { truncated: true }),
      ...(cause !== undefined && { cause }),
    },
  ];
}

function cursorOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,16}$/.test(cursor)) throw fail('bad-cursor', `"${cursor}" is no cursor of a page before`);
  return Number(cursor);
}

export class Messages implements MessagesApi {
  readonly #journal: JournalPort;
  readonly #house: LocalClock;

  constructor(options: LocalClock & { readonly journal: JournalPort }) {
    this.#journal = options.journal;
    this.#house = options;
  }

  async list(query: MessageQuery): Promise<MessagePage> {
    const { limit = defaultLimit, order = 'newest' } = query;
    const after = cursorOf(query.cursor);
    const page = await this.#journal.read({
      ...this.#where(query),
      ...{ limit, newest: order === 'newest', patienceMs },
      ...(after !== undefined && { after }),
    });
    const found = page.inputs.flatMap(viewOf);
    const items = order === 'newest' ? found.reverse() : found;
    const next = page.next === undefined ? {} : { next: `${page.next}` };
    return { items, ...next, gaps: page.gaps.map(gapView) };
  }

  all(query: MessageQuery): AsyncIterable<readonly MessageView[]> {
    return this.#pages(this.#where(query), query.limit ?? Number.POSITIVE_INFINITY);
  }

  async *#pages(where: JournalWhere, most: number): AsyncGenerator<readonly MessageView[]> {
    let after: number | undefined;
    let left = most;
    do {
      const limit = Math.min(exportPage, left);
      const page = await this.#journal.read({
        ...where,
        ...{ limit, newest: false, patienceMs },
        ...(after !== undefined && { after }),
      });
      const views = page.inputs.flatMap(viewOf);
      if (views.length > 0) yield views;
      left -= views.length;
      after = page.next;
    } while (after !== undefined && left > 0);
  }

  #where(query: MessageQuery): JournalWhere {
    const { filter = '#' } = query;
    const fault = filterFault(filter);
    if (fault !== undefined) throw fail('bad-filter', `"${filter}" is no filter: ${fault}`);
    return { filter, ...rangeOf(query, this.#house) };
  }
}
