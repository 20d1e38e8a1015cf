// Renders parts of the UI with everything that they expect above them.
import { QueryClient } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { ApiClient } from '../../web/src/api/client.ts';
import type { House } from '../../web/src/app/house.ts';
import { Providers } from '../../web/src/app/providers.tsx';
import { Ticker } from '../../web/src/base/ticker.ts';
import { type Language, startLanguage } from '../../web/src/i18n/language.ts';
import { partNames } from '../../web/src/i18n/parts.ts';
import { LiveClient, type LiveSocket } from '../../web/src/live/live-client.ts';
import { DraftStore } from '../../web/src/rule/draft-store.ts';

afterEach(cleanup);

/** A WebSocket whose other end is the test. */
export class FakeSocket implements LiveSocket {
  onopen: LiveSocket['onopen'] = null;
  onmessage: LiveSocket['onmessage'] = null;
  onclose: LiveSocket['onclose'] = null;
  readonly sent: unknown[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.onopen?.(new Event('open'));
  }

  say(event: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(event) }));
  }

  drop(): void {
    this.onclose?.(new CloseEvent('close'));
  }
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TestHouse {
  readonly house: House;
  readonly calls: Call[];
  readonly socket: FakeSocket;
  /** Moves the clock of the page. */
  now: number;
}

export function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

export function makeTestHouse(answer: (call: Call) => Answer = () => ({})): TestHouse {
  const calls: Call[] = [];
  const socket = new FakeSocket();
  const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const { method = 'GET', body, headers } = init;
    const call = {
      method,
      path: String(input),
      body: String(body ?? ''),
      headers: headers as Record<string, string>,
    };
    calls.push(call);
    const { status = 200, body: said } = answer(call);
    return new Response(said === undefined ? null : JSON.stringify(said), { status });
  };
  const made: TestHouse = {
    now: 1_800_000_000_000,
    calls,
    socket,
    house: {
      api: new ApiClient({ base: '', fetch: fetch as typeof globalThis.fetch }),
      live: new LiveClient({ url: 'ws://test', open: () => socket, after: () => () => undefined }),
      drafts: new DraftStore(memoryStorage()),
      ticker: new Ticker(() => made.now),
      storage: memoryStorage(),
    },
  };
  return made;
}

export async function show(ui: ReactNode, options: { house?: House; language?: Language } = {}) {
  const { house = makeTestHouse().house, language = 'en' } = options;
  const words = await startLanguage(language, partNames);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createRouter({
    routeTree: createRootRoute({ component: () => ui }),
    history: createMemoryHistory(),
  });
  await router.load();
  return render(
    <Providers house={house} words={words} queries={queries}>
      <RouterProvider router={router as never} />
    </Providers>,
  );
}
