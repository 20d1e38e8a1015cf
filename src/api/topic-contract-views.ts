// What topics were seen to say, as people are shown it.
import { formatDuration } from '../base/index.ts';
import type { ContractFacts, ContractNews } from '../devices/index.ts';
import type { TopicContractView } from './contract.ts';

const minuteMs = 60_000;

function share(count: number, messages: number): number {
  return Math.round((count / Math.max(1, messages)) * 1000) / 1000;
}

export function topicContractViewOf({
  firstAt,
  count,
  usualGapMs,
  fields,
}: ContractFacts): TopicContractView {
  return {
    since: firstAt,
    looks: count,
    ...(usualGapMs !== undefined && {
      usualGapMs,
      perMinute: Math.round((minuteMs / Math.max(1, usualGapMs)) * 100) / 100,
    }),
    fields: Object.entries(fields).map(([path, { types, values, min, max, count: had }]) => ({
      path,
      types,
      share: share(had, count),
      ...(values && values.length > 0 && { values }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    })),
  };
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

function driftText(news: ContractNews & { readonly news: 'drift' }): string {
  switch (news.drift) {
    case 'missing':
      return 'is not sent any more';
    case 'type':
      return `is ${shown(news.value)}; until now it was ${news.expected.join(' or ')}`;
    case 'range':
      return `is ${news.value}; until now it was between ${news.expected[0]} and ${news.expected[1]}`;
    case 'value':
      return `is ${shown(news.value)}; until now it was one of ${news.expected.map(shown).join(', ')}`;
  }
}

export function newsText(news: ContractNews): string {
  switch (news.news) {
    case 'drift':
      return `${news.path === '' ? 'the payload' : news.path} ${driftText(news)}`;
    case 'silent':
      return `silent; it usually speaks every ${formatDuration(news.usualGapMs)}`;
    case 'battery-low':
      return `the battery is low: ${shown(news.value)}`;
  }
}
