// Rules that wake each other in a circle, with the way in words.
import { formatDuration } from '../../base/index.ts';
import type { AnalysisFinding, FindingParams, FindingStep } from './finding.ts';
import { isGuarded, wantsNews } from './hearing.ts';
import type { Links } from './links.ts';
import { type Carrier, type Deed, nameOf, type Wake } from './portrait.ts';
import { isWake, type Node, type Reach } from './reach.ts';

/** More say nothing new. */
const maxLoops = 20;
const maxSearches = 100;
const maxAllLoops = 200;
/** Circles that end by themselves, passed over in search of one that does not. */
const maxHarmless = 8;

/** One wake-up of the circle and what it does that wakes the next. */
interface Leg {
  readonly wake: Wake;
  readonly deed: Deed;
  readonly carrier: Carrier;
}

function legsOf(round: readonly Node[]): Leg[] {
  return round.flatMap((wake, index) => {
    const carrier = round[index + 1];
    if (!isWake(wake) || carrier === undefined || isWake(carrier)) return [];
    const deed = wake.deeds.find((each) => each.carrier.key === carrier.key);
    return deed === undefined ? [] : [{ wake, deed, carrier }];
  });
}

/** The same payload goes round, and one of the rules only hears what is new: the second turn is no news. */
function bannedIn(legs: readonly Leg[]): Leg | undefined {
  const isPassedOn = legs.every(({ carrier }) => {
    return carrier.on === 'topic' && carrier.sent.kind === 'same' && !carrier.shape.includes('#');
  });
  if (!isPassedOn) return undefined;
  return legs.find((_, index) => hearsWhole(legs[(index + 1) % legs.length]?.wake));
}

function hearsWhole(wake: Wake | undefined): boolean {
  const source = wake?.trigger?.source;
  return wake !== undefined && wantsNews(wake) && source?.on === 'topic' && source.demand.at === undefined;
}

/** A circle through a wake-up that nothing ends for certain. */
function circleOf(start: Wake, reach: Reach): Leg[] | undefined {
  const banned = new Map<Carrier, Set<Wake>>();
  for (let count = 0; count < maxHarmless; count++) {
    const round = reach.round(start, banned);
    if (round === undefined) return undefined;
    const legs = legsOf(round);
    const harmless = bannedIn(legs);
    if (harmless === undefined) return legs;
    const next = legs[(legs.indexOf(harmless) + 1) % legs.length]?.wake ?? start;
    banned.set(harmless.carrier, (banned.get(harmless.carrier) ?? new Set()).add(next));
  }
  return undefined;
}

function verbOf(carrier: Carrier): string {
  if (carrier.on === 'topic') return carrier.echoOf === undefined ? 'publishes' : 'has a device report on';
  return carrier.on === 'event' ? 'emits' : carrier.on === 'run' ? 'runs' : 'ends as';
}

function wordsOf(legs: readonly Leg[], isOff: (rule: string) => boolean): string {
  const steps = legs.map(({ wake, deed, carrier }, index) => {
    const next = legs[(index + 1) % legs.length]?.wake.rule.id ?? '';
    const woken = next === wake.rule.id ? 'itself' : `"${next}"`;
    return `"${wake.rule.id}" ${verbOf(carrier)} ${nameOf(carrier)} (${deed.path}), which wakes ${woken}`;
  });
  const delayMs = delayOf(legs);
  const off = [...new Set(legs.map(({ wake }) => wake.rule.id))].filter(isOff);
  return [
    steps.join('; '),
    ...(delayMs > 0 ? [`each turn takes ${formatDuration(delayMs)} at least`] : []),
    ...(legs.some(({ wake }) => isGuarded(wake)) ? ['only a condition can end it'] : []),
    ...(off.length > 0 ? [`${off.map((rule) => `"${rule}"`).join(', ')} is off now`] : []),
  ].join('; ');
}

const delayOf = (legs: readonly Leg[]): number => legs.reduce((sum, { deed }) => sum + deed.delayMs, 0);

function paramsOf(legs: readonly Leg[], isOff: (rule: string) => boolean): FindingParams {
  const [first] = legs;
  const way = legs.flatMap(({ wake, carrier }) => [wake.rule.id, nameOf(carrier)]);
  const delayMs = delayOf(legs);
  const off = [...new Set(legs.map(({ wake }) => wake.rule.id))].filter(isOff);
  return {
    way: [...way, first?.wake.rule.id ?? ''].join(' → '),
    ...(delayMs > 0 && { delay: formatDuration(delayMs) }),
    ...(legs.some(({ wake }) => isGuarded(wake)) && { guarded: 'yes' }),
    ...(off.length > 0 && { off: off.join(', ') }),
  };
}

function suggestionOf(legs: readonly Leg[]): string {
  const wakes = legs.map(({ wake }) => wake.trigger?.source.on);
  if (wakes.includes('topic'))
    return 'hear "origin: client" only, hear "change" instead of "message", or add a condition that ends it';
  return 'add a condition that ends it';
}

function loopFinding(legs: readonly Leg[], links: Links): AnalysisFinding {
  const path: FindingStep[] = legs.map(({ wake, deed, carrier }) => {
    return { rule: wake.rule.id, path: deed.path, to: nameOf(carrier) };
  });
  const isOff = (rule: string): boolean => links.portraits.get(rule)?.isEnabled === false;
  return {
    code: 'loop',
    severity: delayOf(legs) > 0 ? 'note' : 'warning',
    rules: [...new Set(path.map(({ rule }) => rule))],
    path,
    words: wordsOf(legs, isOff),
    params: paramsOf(legs, isOff),
    suggestion: suggestionOf(legs),
  };
}

/** Circles through these wake-ups; one for each set of rules. */
export function loopsThrough(starts: Iterable<Wake>, links: Links, reach: Reach): AnalysisFinding[] {
  const found = new Map<string, AnalysisFinding>();
  const told = new Set<Wake>();
  let searches = 0;
  for (const start of starts) {
    if (told.has(start)) continue;
    if (found.size >= maxLoops || ++searches > maxSearches) break;
    const legs = circleOf(start, reach) ?? [];
    for (const { wake } of legs) told.add(wake);
    if (legs.length === 0) continue;
    const finding = loopFinding(legs, links);
    const key = finding.rules.toSorted().join('\n');
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
}

/** All circles, as far as their number is bounded. */
export function allLoops(wakes: Iterable<Wake>, links: Links, reach: Reach): AnalysisFinding[] {
  const knots = reach.knots(wakes).map((knot) => [...knot].filter(isWake));
  return knots.flatMap((knot) => loopsThrough(knot, links, reach)).slice(0, maxAllLoops);
}
