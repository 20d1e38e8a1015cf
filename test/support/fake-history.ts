// Doubles of the use cases about the past.
import type { Api, SampleView } from '../../src/api/index.ts';
import { causesView, historyView, messageView } from './fake-views.ts';

type Record = (what: string, query: unknown) => void;

async function* pagesOf<Item>(...pages: readonly (readonly Item[])[]): AsyncGenerator<readonly Item[]> {
  yield* pages;
}

export function fakeHistory(record: Record): Api['history'] {
  return {
    draw: async (query) => {
      record('history.draw', query);
      return historyView(query.topic);
    },
    samples: async (query) => {
      record('history.samples', query);
      return pagesOf<SampleView>([{ at: 0, value: 1 }], [{ at: 1000 }, { at: 2000, value: 'a "b", c' }]);
    },
    series: async (topic) => [{ topic, path: 'power' }],
  };
}

export function fakeMessages(record: Record): Api['messages'] {
  return {
    list: async (query) => {
      record('messages.list', query);
      return { items: [messageView('a')], next: '7', gaps: [] };
    },
    all: (query) => {
      record('messages.all', query);
      return pagesOf([messageView('a')], [messageView('b')]);
    },
  };
}

export function fakeCauses(record: Record): Api['causes'] {
  return {
    of: async (query) => {
      record('causes.of', query);
      return causesView;
    },
  };
}
