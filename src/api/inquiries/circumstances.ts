// What held while a rule might have run, whatever came: it was switched off, another version was in force, its topics were
// never heard or a client was not let speak there, the house was down.
import { matchesFilter, type Timestamp } from '../../base/index.ts';
import { HeardTopics, type TopicContracts, type TopicStates } from '../../devices/index.ts';
import type { CompiledRule, Happening, Standing } from '../../rules/index.ts';
import type { AuditLog } from '../access/audit-log.ts';
import type { CircumstanceView } from '../contract/explanations.ts';
import type { Attendance } from './attendance.ts';

/** Of which rule and time is asked. */
export interface Question {
  readonly rule: string;
  readonly at: Timestamp;
  readonly from: Timestamp;
  readonly to: Timestamp;
}

type Trigger = CompiledRule['triggers'][number];

export interface Surroundings {
  readonly audit: Pick<AuditLog, 'list'>;
  readonly states: TopicStates;
  readonly contracts: Pick<TopicContracts, 'find'>;
}

interface Gap {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly reason: string;
}

export interface Situation {
  readonly question: Question;
  /** Its triggers, those of every row among them. */
  readonly triggers: readonly Trigger[];
  readonly standings: readonly Standing[];
  readonly attendance: Attendance;
  readonly missing: readonly Gap[];
  /** The version that is in force now. */
  readonly present: number | undefined;
  wouldNow(version: number): Promise<Happening['code'] | undefined>;
}

interface Stretch {
  readonly standing: Standing | undefined;
  readonly from: Timestamp | undefined;
  readonly to: Timestamp | undefined;
}

/** How the rule stood, one stretch after another; those that touch the time in question. */
function stretchesOf({ standings, question: { from, to } }: Situation): Stretch[] {
  const all: Stretch[] = [
    { standing: undefined, from: undefined, to: standings[0]?.at },
    ...standings.map((standing, index) => {
      const began = index === 0 ? undefined : standing.at;
      return { standing, from: began, to: standings[index + 1]?.at };
    }),
  ];
  return all.filter((one) => (one.to ?? to + 1) > from && (one.from ?? from) <= to);
}

const bounds = ({ from, to }: Stretch) => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

/** Messages that came in a stretch in which it could not hear them. */
async function standingViews(situation: Situation): Promise<CircumstanceView[]> {
  const views: CircumstanceView[] = [];
  const { present } = situation;
  let now: Happening['code'] | undefined;
  let hasAsked = false;
  for (const stretch of stretchesOf(situation)) {
    const { standing, to } = stretch;
    if (standing === undefined) {
      // A snapshot that knows the rule says nothing of the time before it.
      if (to !== undefined && to > situation.question.from && situation.standings[0]?.state !== undefined)
        views.push({ code: 'not-yet', to });
      continue;
    }
    const { state, version } = standing;
    if (state !== 'enabled') views.push({ code: state, ...bounds(stretch), version });
    else if (present !== undefined && version !== present) {
      if (!hasAsked) now = await situation.wouldNow(present);
      hasAsked = true;
      views.push({ code: 'other-version', ...bounds(stretch), version, present, ...(now && { now }) });
    }
  }
  return views;
}

/** When the house was down, and what the journal lost. */
function gapViews({ missing, attendance, question: { from, to } }: Situation): CircumstanceView[] {
  const stops = attendance.stops
    .filter((stop) => stop.from <= to && (stop.to ?? to) >= from)
    .map((stop): CircumstanceView => ({ code: 'house-down', from: stop.from, to: stop.to ?? to }));
  return [...stops, ...lossesOf(missing, { from, to })];
}

function lossesOf(
  missing: readonly Gap[],
  { from, to }: { readonly from: Timestamp; readonly to: Timestamp },
): CircumstanceView[] {
  const isGap = ({ reason }: Gap): boolean =>
    !['no-snapshot', 'not-kept', 'excluded', 'thinned'].includes(reason);
  return missing
    .filter((gap) => isGap(gap) && gap.to >= from && gap.from <= to)
    .map(({ from: begin, to: end, reason }) => {
      const code = reason === 'unclean-stop' ? 'house-down' : 'gap';
      return { code, from: begin, to: end, reason };
    });
}

interface Listened {
  readonly path: string;
  readonly filter: string;
}

function listenedBy({ triggers }: Pick<Situation, 'triggers'>): Listened[] {
  return triggers.flatMap(({ source, path, verb }) =>
    source.on === 'topic' ? source.patterns.map(({ filter }) => ({ path: `${path}.${verb}`, filter })) : [],
  );
}

/** Topics that it waits for and that were never heard, or not in this time. */
function topicViews(house: Surroundings, situation: Situation): CircumstanceView[] {
  const { attendance } = situation;
  const topics = new HeardTopics(house.states.tree, house.contracts);
  const listened = listenedBy(situation);
  const strangers = listened.filter(({ filter }) => !topics.has(filter) && !filter.startsWith('$'));
  const heard = [...attendance.heard];
  const silent = listened.filter(
    (one) => !strangers.includes(one) && !heard.some((topic) => matchesFilter(one.filter, topic)),
  );
  return [
    ...strangers.map(({ path, filter }): CircumstanceView => {
      const nearest = topics.nearest(filter);
      const view = { code: 'unheard', path, topic: filter } as const;
      return nearest === undefined ? view : { ...view, nearest };
    }),
    ...silent.map((one) => silence(one, house, situation)),
  ];
}

function silence(
  { path, filter }: Listened,
  { states }: Surroundings,
  situation: Situation,
): CircumstanceView {
  const { attendance, question } = situation;
  const topics = [...attendance.topics()].filter((topic) => matchesFilter(filter, topic));
  const spoken = topics.flatMap((topic) => attendance.lastOn(topic) ?? []);
  const kept = states.tree.some(filter, 100).filter(({ at }) => at <= question.to);
  const last = [...spoken, ...kept].sort((a, b) => b.at - a.at)[0];
  const view = { code: 'silent', path, topic: filter } as const;
  return last === undefined ? view : { ...view, lastAt: last.at, by: last.by };
}

/** Clients that used to speak there and were gone at the end. */
function awayViews({ triggers, attendance }: Situation): CircumstanceView[] {
  const filters = listenedBy({ triggers }).map(({ filter }) => filter);
  const found = new Map<string, CircumstanceView>();
  for (const topic of attendance.topics()) {
    if (!filters.some((filter) => matchesFilter(filter, topic))) continue;
    const { by: client, origin } = attendance.lastOn(topic) ?? { by: '', origin: '' };
    const from = origin === 'client' ? attendance.awaySince(client) : undefined;
    if (from !== undefined && !found.has(client))
      found.set(client, { code: 'client-away', client, topic, from });
  }
  return [...found.values()];
}

const mostDenials = 200;

function deniedViews(
  { audit }: Surroundings,
  { triggers, question: { from, to } }: Situation,
): CircumstanceView[] {
  const filters = listenedBy({ triggers }).map(({ filter }) => filter);
  const { items } = audit.list({
    action: 'client.publish',
    outcome: 'refused',
    from: from - 60_000,
    to,
    limit: mostDenials,
  });
  return items
    .filter(({ target }) => filters.some((filter) => matchesFilter(filter, target)))
    .map(({ at, who, target, detail, count }) => {
      return { code: 'denied', at, client: who, topic: target, reason: detail, count } as const;
    });
}

export async function circumstancesOf(
  house: Surroundings,
  situation: Situation,
): Promise<CircumstanceView[]> {
  return [
    ...(await standingViews(situation)),
    ...gapViews(situation),
    ...deniedViews(house, situation),
    ...topicViews(house, situation),
    ...awayViews(situation),
  ];
}

/** That somebody who said one thing is gone explains a silence, if nothing else does. */
export function worthSaying(
  circumstances: readonly CircumstanceView[],
  { attendance, hasHappened }: { readonly attendance: Attendance; readonly hasHappened: boolean },
): readonly CircumstanceView[] {
  const isPassing = (view: CircumstanceView): boolean =>
    view.code === 'client-away' && attendance.isPasserBy(view.client);
  const more = circumstances.filter((view) => !isPassing(view));
  return hasHappened || more.some(({ code }) => code !== 'silent') ? more : circumstances;
}
