// The forecast leaves no instant out at which a comparison of the clock changes, whatever the zone and the season.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression, type HomeView, type Scope } from '../../src/expression/index.ts';
import { ClockForecast } from '../../src/rules/schedule/clock-forecast.ts';
import { RuleWorld } from '../support/rule-world.ts';

const homeIn = (zone: string): HomeView =>
  new RuleWorld({
    time: 0,
    zone,
    place: { latitude: 48, longitude: 11 },
    calendar: { holidays: [], workdays: [] },
  }).home;

const twoDigits = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
const clock = fc.oneof(
  fc.tuple(twoDigits(23), twoDigits(59), twoDigits(59)).map((parts) => parts.join(':')),
  fc.tuple(twoDigits(23), twoDigits(59)).map((parts) => parts.join(':')),
  fc.constantFrom('00:00:00', '02:00:00', '02:30', '03:00:00', '23:59:59', '24:00', 'x', ''),
);
const operator = fc.constantFrom('<', '<=', '>', '>=', '=', '!=');
const source = fc.oneof(
  fc.tuple(operator, clock).map(([op, text]) => `$time() ${op} '${text}'`),
  fc.tuple(operator, fc.integer({ min: 0, max: 8 })).map(([op, day]) => `$weekday() ${op} ${day}`),
  fc.tuple(operator, fc.integer({ min: -20, max: 50 })).map(([op, high]) => `$sun().elevation ${op} ${high}`),
  fc.constantFrom('$sun().up', '$sun().up = false', '$workday()', "$date() >= '2026-03-29'"),
);
// nights in which clocks are set, and others; one zone sets them by half an hour
const start = fc
  .tuple(
    fc.constantFrom('2026-03-28', '2026-10-24', '2026-03-07', '2026-10-31', '2026-04-04', '2026-06-01'),
    fc.integer({ min: 0, max: 86_400 }),
  )
  .map(([day, second]) => Date.parse(`${day}T00:00:00Z`) + second * 1000);
const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');

test('between two looks nothing changes', () => {
  fc.assert(
    fc.property(
      source,
      zone,
      start,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (text, name, from, shares) => {
        const home = homeIn(name);
        const { expression } = compileExpression(text, { names: [] });
        const reads = expression?.dependencies.clock;
        if (expression === undefined || reads === undefined) throw new Error(text);
        expect(reads.tick, text).toBeUndefined();
        const truthAt = (at: number): unknown => {
          const scope: Scope = { values: [], read: () => undefined, at, home, seed: 0 };
          return expression.evaluate(scope);
        };
        const forecast = new ClockForecast(home);
        let at = from;
        for (let count = 0; count < 6; count++) {
          const next = forecast.next([reads], at);
          if (next === undefined) return;
          expect(next).toBeGreaterThan(at);
          for (const share of [0.999999, ...shares.take(10)])
            expect(
              truthAt(Math.floor(at + share * (next - 1 - at))),
              `${text} in ${name} behind ${at}`,
            ).toEqual(truthAt(at));
          at = next;
        }
      },
    ),
    { numRuns: 300 },
  );
});
