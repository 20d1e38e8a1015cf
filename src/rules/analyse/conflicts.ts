// Rules that may be woken by the same thing and then write different values to the same topic: which one stays is chance.
import { isDeepStrictEqual } from 'node:util';
import { filtersOverlap } from '../../base/index.ts';
import type { TriggerSource } from '../triggers/kind.ts';
import type { AnalysisFinding } from './finding.ts';
import { excludes, type GuardAt, guardsOf, isOpen } from './guards.ts';
import type { Links } from './links.ts';
import type { Deed, Wake, Write } from './portrait.ts';

const maxConflicts = 20;
/** Pairs of wake-ups that are looked at for one rule. */
const maxPairs = 1000;

function sharesNames(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one !== undefined && other !== undefined && one.some((name) => other.includes(name));
}

function hearSame(one: TriggerSource, other: TriggerSource): boolean {
  if (one.on === 'topic' && other.on === 'topic') {
    const [origin, theirs] = [one.demand.origin, other.demand.origin];
    if (origin !== undefined && theirs !== undefined && origin !== theirs) return false;
    return one.patterns.some((a) => other.patterns.some((b) => filtersOverlap(a.filter, b.filter)));
  }
  if (one.on !== 'signal' || other.on !== 'signal' || one.signal !== other.signal) return false;
  return one.signal === 'event' && sharesNames(one.names, other.names);
}

/** One and the same thing may wake both. Times and signals are the same when their entries are. */
function mayCoincide(one: Wake, other: Wake): boolean {
  if (one.trigger === undefined || other.trigger === undefined) return false;
  if (one.trigger.mark.split('~')[0] === other.trigger.mark.split('~')[0]) return true;
  return hearSame(one.trigger.source, other.trigger.source);
}

function areExclusive(one: readonly GuardAt[], other: readonly GuardAt[]): boolean {
  return one.some((guard) => other.some((theirs) => excludes(guard, theirs)));
}

interface Written {
  readonly wake: Wake;
  readonly deed: Deed;
  readonly write: Write & { readonly sent: { readonly kind: 'constant'; readonly value: unknown } };
}

function isConstantWrite(carrier: Deed['carrier']): carrier is Written['write'] {
  return carrier.on === 'topic' && carrier.sent.kind === 'constant' && carrier.echoOf === undefined;
}

function writtenBy(wake: Wake): Written[] {
  return wake.deeds.flatMap((deed) => {
    const { carrier: write } = deed;
    return isConstantWrite(write) && deed.delayMs === 0 ? [{ wake, deed, write }] : [];
  });
}

/** What others write there instead. */
function* rivalsOf({ wake, write }: Written, links: Links): Generator<Written> {
  for (const other of links.writesOn(write.shape)) {
    if (!isConstantWrite(other) || !filtersOverlap(other.shape, write.shape)) continue;
    if (isDeepStrictEqual(other.sent.value, write.sent.value)) continue;
    for (const author of links.authorsOf(other)) {
      if (author.rule.id === wake.rule.id) continue;
      const deed = author.deeds.find(({ carrier, delayMs }) => carrier.key === other.key && delayMs === 0);
      if (deed !== undefined) yield { wake: author, deed, write: other };
    }
  }
}

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 60);

function conflictFinding(one: Written, other: Written): AnalysisFinding {
  const isSure = [one, other].every(({ wake, deed }) => !deed.isConditional && isOpen(wake));
  const [mine, theirs] = [one, other].map(({ wake, deed, write }) => {
    return { rule: wake.rule.id, path: deed.path, to: write.shape };
  });
  const path = [mine, theirs].filter((step) => step !== undefined);
  return {
    code: 'conflicting-writers',
    severity: isSure ? 'warning' : 'note',
    rules: path.map(({ rule }) => rule),
    path,
    words:
      `"${one.wake.rule.id}" publishes ${shown(one.write.sent.value)} to ${one.write.shape} (${one.deed.path}), ` +
      `"${other.wake.rule.id}" publishes ${shown(other.write.sent.value)} to ${other.write.shape} (${other.deed.path}); ` +
      `one thing may wake both${isSure ? '' : ', unless their conditions keep them apart'}`,
    params: {
      one: one.wake.rule.id,
      oneValue: shown(one.write.sent.value),
      oneTopic: one.write.shape,
      other: other.wake.rule.id,
      otherValue: shown(other.write.sent.value),
      otherTopic: other.write.shape,
      ...(!isSure && { unless: 'yes' }),
    },
    suggestion: 'make one rule of them, or give them conditions that exclude each other',
  };
}

/** Of one rule with all others; one for each pair of rules. */
export function conflictsOf(wakes: readonly Wake[], links: Links): AnalysisFinding[] {
  const found = new Map<string, AnalysisFinding>();
  let pairs = 0;
  for (const written of wakes.flatMap(writtenBy)) {
    const guards = guardsOf(written.wake);
    for (const rival of rivalsOf(written, links)) {
      if (found.size >= maxConflicts || ++pairs > maxPairs) return [...found.values()];
      const { id } = rival.wake.rule;
      if (found.get(id)?.severity === 'warning' || !mayCoincide(written.wake, rival.wake)) continue;
      if (areExclusive(guards, guardsOf(rival.wake))) continue;
      const finding = conflictFinding(written, rival);
      if (!found.has(id) || finding.severity === 'warning') found.set(id, finding);
    }
  }
  return [...found.values()];
}
