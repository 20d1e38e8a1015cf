// Topics that a rule hears or reads and that nobody ever spoke on: neither a device nor another rule.
import { filtersOverlap, nearest } from '../../base/index.ts';
import { variableTopic } from '../compile/reads.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { TriggerSource } from '../triggers/kind.ts';
import { type AnalysisFinding, remarkFinding } from './finding.ts';
import type { Links } from './links.ts';
import { type Portrait, waitsOf } from './portrait.ts';
import type { KnownTopics } from './ports.ts';
import { shapeOf } from './shape.ts';

interface Asked {
  readonly path: string;
  readonly filter: string;
}

function ofSource(source: TriggerSource, path: string): Asked[] {
  if (source.on !== 'topic' && source.on !== 'silence') return [];
  return source.patterns.map(({ filter }) => ({ path, filter }));
}

function readBy(rule: CompiledRule): Asked[] {
  return rule.expressions.flatMap(({ path, expression: { dependencies } }) => {
    const { topics, variables } = dependencies;
    const named = variables === 'all' ? [] : variables.map(variableTopic);
    return [...(topics === 'all' ? [] : topics), ...named].map((filter) => ({ path, filter }));
  });
}

function waitedFor({ rule, run }: Portrait): Asked[] {
  const waits = waitsOf(rule).flatMap(({ path, source }) => ofSource(source, path));
  const reports = rule.touches.flatMap((touch) => {
    const filter = touch.does === 'confirm' ? shapeOf(touch.topic, run.knowledge) : undefined;
    return filter === undefined ? [] : [{ path: touch.path, filter }];
  });
  return [...waits, ...reports];
}

function askedBy(portrait: Portrait): Asked[] {
  const heard = portrait.wakes.flatMap(({ trigger }) => {
    return trigger === undefined ? [] : ofSource(trigger.source, `${trigger.path}.${trigger.verb}`);
  });
  return [...heard, ...waitedFor(portrait), ...readBy(portrait.rule)];
}

const variables = variableTopic('');

/** What the house publishes itself, or rules do not hear anyway. */
function isOwn(filter: string): boolean {
  return filter.startsWith('$') || (filter.startsWith('homerule/') && !filter.startsWith(variables));
}

function isWritten(filter: string, links: Links): boolean {
  for (const write of links.writesOn(filter)) if (filtersOverlap(write.shape, filter)) return true;
  return false;
}

function nearestOf(filter: string, { links, topics }: Sources): string | undefined {
  if (!filter.startsWith(variables)) return topics.nearest(filter);
  const set = [...links.writesOn(variableTopic('+'))].map(({ shape }) => shape.slice(variables.length));
  const name = nearest(filter.slice(variables.length), set);
  return name === undefined ? undefined : variableTopic(name);
}

interface Sources {
  readonly links: Links;
  readonly topics: KnownTopics;
}

export function unknownTopics(portrait: Portrait, sources: Sources): AnalysisFinding[] {
  const { links, topics } = sources;
  const { id } = portrait.rule;
  const found = new Map<string, AnalysisFinding>();
  if (topics.isEmpty) return [];
  for (const { path, filter } of askedBy(portrait)) {
    if (found.has(filter) || isOwn(filter) || topics.has(filter) || isWritten(filter, links)) continue;
    const meant = nearestOf(filter, sources);
    const words = `nothing was ever heard on ${filter}`;
    const severity = meant === undefined ? 'note' : 'warning';
    found.set(
      filter,
      remarkFinding('unknown-topic', severity, {
        rule: id,
        path,
        words,
        params: { filter },
        suggestion: meant,
      }),
    );
  }
  return [...found.values()];
}
