// The keys of `history`: what is kept of the past, and for how long.
import { z } from 'zod';
import { filterFault, nearest, parseDuration } from '../base/index.ts';
import { count, isDuration, keyDocs } from './key-docs.ts';

const dayMs = 86_400_000;
const aDuration = 'expected a duration such as 30d';

function duration(fallback: string, about: string, least = 1) {
  const schema = z
    .string()
    .refine((text) => isDuration(text) && parseDuration(text) >= least)
    .default(fallback);
  const expected = least === 1 ? 'a duration such as 30d' : 'a duration of at least 1d';
  return schema.register(keyDocs, { about, expected });
}

function bytes(fallback: number, about: string) {
  const schema = z.int().min(1_000_000).default(fallback);
  return schema.register(keyDocs, { about, expected: 'a whole number from 1000000' });
}

const optionalDuration = z.string(aDuration).refine(isDuration, aDuration).optional();

/** Says which key was probably meant. */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return `expected ${known.join(', ')}`;
      const [key = ''] = issue.keys ?? [];
      const meant = nearest(key, known);
      return `expected ${known.join(', ')}, but there is "${key}"${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
    },
  });
}

const thin = strict({
  every: optionalDuration,
  band: z.number('expected a number above 0').positive('expected a number above 0').optional(),
});

const topic = strict({
  filter: z
    .string('expected an MQTT filter such as home/#')
    .refine((text) => filterFault(text) === undefined, 'expected an MQTT filter such as home/#'),
  exclude: z.boolean('expected true or false').optional(),
  keep: optionalDuration,
  raw: optionalDuration,
  rollup: optionalDuration,
  thin: thin.optional(),
});

export const historyKeys = z
  .strictObject({
    keep: duration('8d', 'How long messages are kept in the journal.', dayMs),
    keepBytes: bytes(2 ** 30, 'Bytes of the journal, compressed; beyond them the oldest messages go.'),
    raw: duration('30d', 'How long every sample of a number or state is kept.', dayMs),
    rollup: duration('730d', 'How long figures of five minutes are kept.', dayMs),
    seriesBytes: bytes(2 ** 32, 'Bytes of samples and figures; beyond them the oldest samples go.'),
    series: count(20_000, 'Numbers and states that have a history; further ones have none.'),
    paths: count(32, 'Fields of one topic that have a history.'),
    topics: z.array(topic).default([]).register(keyDocs, {
      about:
        'What is different for some topics; the first `filter` that matches says. `exclude: true` keeps nothing; `keep` (at most as above), `raw` and `rollup` as above; `thin: { every, band }` keeps a sample only so often, and only when it differs by so much.',
      expected: 'a list such as [{ filter: home/+/power, raw: 7d, thin: { every: 30s, band: 5 } }]',
    }),
  })
  .prefault({});

type Values = z.output<typeof historyKeys>;

/** In milliseconds, with what the topics leave out filled in. */
export function historyPolicy({ history }: { readonly history: Values }) {
  const journalMs = parseDuration(history.keep);
  const rawMs = parseDuration(history.raw);
  const rollupMs = parseDuration(history.rollup);
  return {
    journalMs,
    journalBytes: history.keepBytes,
    rawMs,
    rollupMs,
    seriesBytes: history.seriesBytes,
    series: history.series,
    paths: history.paths,
    topics: history.topics.map(({ filter, exclude = false, keep, raw, rollup, thin: thinning }) => ({
      filter,
      isExcluded: exclude,
      journalMs: Math.min(journalMs, parseDuration(keep ?? history.keep)),
      rawMs: parseDuration(raw ?? history.raw),
      rollupMs: parseDuration(rollup ?? history.rollup),
      thin: thinning && { everyMs: parseDuration(thinning.every ?? '0s'), band: thinning.band ?? 0 },
    })),
  };
}
