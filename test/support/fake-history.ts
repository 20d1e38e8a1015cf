// Doubles of the use cases about the past.
import type { Actor, Api, SampleView } from '../../src/api/index.ts';
import { HomeruleError } from '../../src/base/index.ts';
import { dryRunView, explanationView } from './fake-inquiries.ts';
import { backtestView, causesView, historyView, messageView, topicView } from './fake-views.ts';

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

export function fakeInquiries(
  record: (what: string, actor: Actor | undefined, ...args: unknown[]) => void,
): Api['inquiries'] {
  return {
    dryRun: async (actor, rule, request) => {
      record('inquiries.dryRun', actor, rule, request);
      return dryRunView;
    },
    explain: async (rule, request) => {
      record('inquiries.explain', undefined, rule, request);
      return explanationView(rule);
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

export function fakePast(record: Record): Api['past'] {
  return {
    states: async (query) => {
      record('past.states', query);
      const { messages: _messages, retained: _retained, ...item } = topicView('home/t');
      return { at: 5, items: [item], hasMore: false, incomplete: [] };
    },
  };
}

export function fakeBacktests(
  record: (what: string, id: string, request: unknown) => void,
): Api['backtests'] {
  return {
    async *run(id, request) {
      record('backtests.run', id, request);
      if (id === 'nobody') throw new HomeruleError('rule-missing', 'missing', 'there is no rule "nobody"');
      yield { progress: 0 };
      yield { progress: 0.5 };
      yield { result: backtestView };
    },
  };
}
