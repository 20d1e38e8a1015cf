// A list of rules against the matcher of the house, and what a client remembers.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesFilter } from '../../src/base/index.ts';
import { Permit } from '../../src/broker/access/permit.ts';
import { type AccessRule, RuleList } from '../../src/broker/access/rule.ts';
import { RuleBook } from '../../src/broker/access/rule-book.ts';
import { aclRow } from '../support/access.ts';

const level = fc.constantFrom('a', 'b', '', '$x');
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.boolean())
  .map(([parts, isOpen]) => [...parts, ...(isOpen || parts.length === 0 ? ['#'] : [])].join('/'));
const access = fc.constantFrom('read', 'write', 'readwrite', 'deny');
const rules: fc.Arbitrary<AccessRule[]> = fc.array(fc.record({ access, filter, where: fc.constant('x') }));

test('denials first, then what is allowed, each as the house matches topics', () => {
  fc.assert(
    fc.property(rules, topic, fc.constantFrom('read', 'write'), (list, at, kind) => {
      const found = list.filter((rule) => matchesFilter(rule.filter, at));
      const isDenied = found.some((rule) => rule.access === 'deny');
      const isAllowed = found.some((rule) => rule.access === kind || rule.access === 'readwrite');
      const expected = isDenied ? false : isAllowed ? true : undefined;
      expect(new RuleList(list).verdict(at, kind)?.isAllowed).toBe(expected);
    }),
    { seed: 20261122, numRuns: 3000 },
  );
});

test('a client remembers some topics, forgets them when a rule changes, and answers the same for any number', () => {
  const book = new RuleBook();
  const permit = new Permit({ client: 'c', user: 'lamp', standing: 'device' }, book);
  const may = (count: number): number =>
    Array.from({ length: count }, (_, i) => permit.may('read', `home/${i}`)).filter(Boolean).length;
  expect([may(1000), may(1000)]).toEqual([0, 0]);
  book.put(aclRow('lamp', 'read', 'home/+'));
  expect([may(1000), may(10)]).toEqual([1000, 10]);
  book.put(aclRow('lamp', 'deny', 'home/3'));
  expect([may(10), may(10)]).toEqual([9, 9]);
  permit.close();
  expect(may(10)).toBe(0);
});
