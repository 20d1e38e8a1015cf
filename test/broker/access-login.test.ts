// Passwords: how many are computed, how often may be guessed, what a file change does, and what never leaks.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger, VirtualClock } from '../../src/base/index.ts';
import { AccessBook } from '../../src/broker/access/access-book.ts';
import { type Answer, Authenticator, type Offer } from '../../src/broker/access/authenticator.ts';
import { FailedAttempts } from '../../src/broker/access/failed-attempts.ts';
import { HashQueue } from '../../src/broker/access/hash-queue.ts';
import { BrokerCounters } from '../../src/broker/counters.ts';
import { passwordOf, quickHash, userRow } from '../support/access.ts';
import { someTime } from '../support/broker.ts';

class House {
  readonly clock = new VirtualClock(someTime);
  readonly counters = new BrokerCounters();
  readonly book = new AccessBook({ allowAnonymous: true }, silentLogger);
  readonly logins = new Authenticator(this.book, this.counters, this.clock);

  constructor(...names: readonly string[]) {
    for (const name of names) this.book.putUser(userRow(name));
  }

  ask(user: string, password: string, more: Partial<Offer> = {}): Promise<Answer> {
    const offer = { client: user, user, password: Buffer.from(password), certifiedName: undefined };
    return new Promise((resolve) =>
      this.logins.authenticate({ ...offer, address: '10.0.0.5', isLocal: false, ...more }, resolve),
    );
  }
}

const welcome = expect.objectContaining({ identity: expect.anything() });
const refused = { refusal: 'not-authorized' };
const paused = { refusal: 'paused' };

describe('guessing', () => {
  test('is paused after five failures, longer each time, and nobody else is', async () => {
    const house = new House('lamp', 'fan');
    const right = passwordOf('lamp');
    for (let i = 0; i < 5; i++) expect(await house.ask('lamp', `no${i}`)).toEqual(refused);
    expect(await house.ask('lamp', right)).toEqual(paused);
    expect(await house.ask('lamp', right, { address: '10.0.0.6' })).toEqual(welcome);
    expect(await house.ask('fan', passwordOf('fan'))).toEqual(welcome);
    house.clock.advance(30_000);
    expect(await house.ask('lamp', 'no')).toEqual(refused);
    house.clock.advance(30_001);
    expect(await house.ask('lamp', right)).toEqual(paused);
    house.clock.advance(30_000);
    expect(await house.ask('lamp', right)).toEqual(welcome);
    expect(house.counters).toMatchObject({ pausedLogins: 2, refusedLogins: 6 });
  });

  test('of names that nobody has is paused in the same way', async () => {
    const house = new House('lamp');
    for (let i = 0; i < 5; i++) expect(await house.ask('ghost', 'no')).toEqual(refused);
    expect(await house.ask('ghost', 'no')).toEqual(paused);
  });

  test('gets at most twenty tries in an hour', () => {
    const clock = new VirtualClock(someTime);
    const attempts = new FailedAttempts(clock);
    let tries = 0;
    for (let second = 0; second < 3600; second++) {
      if (!attempts.isPaused('lamp', 'x')) {
        tries++;
        attempts.failed('lamp', 'x');
      }
      clock.advance(1000);
    }
    expect(tries).toBeLessThanOrEqual(20);
    expect(tries).toBeGreaterThan(5);
  });

  test('is forgotten when the password is changed', async () => {
    const house = new House('lamp');
    for (let i = 0; i < 6; i++) await house.ask('lamp', 'new');
    house.book.onRevoke((users) => {
      for (const user of users) house.logins.forget(user);
    });
    house.book.putUser(userRow('lamp', { secret: 'new' }));
    expect(await house.ask('lamp', 'new')).toEqual(welcome);
  });
});

describe('a verified pair', () => {
  test('is known for five minutes and answers at once', async () => {
    const house = new House('lamp');
    const answers: Answer[] = [];
    const offer = { client: 'c', user: 'lamp', certifiedName: undefined, address: '', isLocal: false };
    const atOnce = (): number => {
      const before = answers.length;
      const password = Buffer.from(passwordOf('lamp'));
      house.logins.authenticate({ ...offer, password }, (answer) => answers.push(answer));
      return answers.length - before;
    };
    await house.ask('lamp', passwordOf('lamp'));
    expect(atOnce()).toBe(1);
    house.clock.advance(299_999);
    expect(atOnce()).toBe(1);
    house.clock.advance(2);
    expect(atOnce()).toBe(0);
    expect(answers).toEqual([welcome, welcome]);
  });

  test('is none any more when the password is another', async () => {
    const house = new House('lamp');
    await house.ask('lamp', passwordOf('lamp'));
    house.book.putUser(userRow('lamp', { secret: 'other' }));
    expect(await house.ask('lamp', passwordOf('lamp'))).toEqual(refused);
    expect(await house.ask('lamp', 'other')).toEqual(welcome);
  });

  test('does not let in a user who was deleted while the hash was computed', async () => {
    const house = new House('lamp');
    const answer = house.ask('lamp', passwordOf('lamp'));
    house.book.deleteUser('lamp');
    expect(await answer).toEqual(refused);
  });

  test('of another user is another pair', async () => {
    const house = new House('lamp');
    house.book.putUser(userRow('fan', { secret: passwordOf('lamp') }));
    await house.ask('lamp', passwordOf('lamp'));
    expect(await house.ask('fan', passwordOf('lamp'))).toMatchObject({ identity: { user: 'fan' } });
    expect(await house.ask('ghost', passwordOf('lamp'))).toEqual(refused);
  });
});

describe('a name in a certificate', () => {
  test.each([
    ['lamp', { user: 'lamp', standing: 'device' }],
    ['anna', { user: 'anna', standing: 'admin' }],
    ['stranger', { user: 'stranger', standing: 'device' }],
  ])('%s needs no password', async (certifiedName, identity) => {
    const house = new House('lamp');
    house.book.putUser(userRow('anna', { role: 'admin' }));
    expect(await house.ask('other', 'no', { certifiedName })).toMatchObject({ identity });
  });

  test('of a disabled user is refused', async () => {
    const house = new House();
    house.book.putUser(userRow('lamp', { enabled: false }));
    expect(await house.ask('lamp', passwordOf('lamp'), { certifiedName: 'lamp' })).toEqual(refused);
  });

  test('that is no level of a topic has no topics of its own', () => {
    const { book } = new House();
    for (const user of ['#', '+', 'a/b']) {
      const judge = book.rules.judgeOf({ client: 'c', user, standing: 'device' });
      expect(judge(`${user.replace(/[#+]/, 'x')}/y`, 'write').isAllowed).toBe(false);
    }
  });
});

test('two hashes at a time, the others wait in order, and too many are turned away', async () => {
  const queue = new HashQueue(3);
  const ends: (() => void)[] = [];
  const order: number[] = [];
  const work = (number: number) => () =>
    new Promise<number>((resolve) => {
      order.push(number);
      ends.push(() => resolve(number));
    });
  const results = [1, 2, 3, 4, 5].map((number) => queue.run(work(number)));
  expect(queue.run(work(6))).toBeUndefined();
  await Promise.resolve();
  expect(order).toEqual([1, 2]);
  for (let i = 0; i < 5; i++) {
    ends[i]?.();
    await results[i];
    await new Promise(setImmediate);
    expect(order.length).toBe(Math.min(5, i + 3));
  }
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(queue.run(async () => 7)).toBeDefined();
});

test('logins past the bound are turned away and counted', async () => {
  const house = new House('lamp');
  const answers = await Promise.all(
    Array.from({ length: 600 }, (_, i) => house.ask('lamp', `guess ${i}`, { address: `10.1.0.${i}` })),
  );
  const busy = answers.filter((answer) => 'refusal' in answer && answer.refusal === 'busy').length;
  expect(busy).toBe(600 - 502);
  expect(house.counters).toMatchObject({ loginsOverflowed: busy, refusedLogins: 502, caught: 0 });
});

describe('the files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-access-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  async function loaded(passwords: string, acl?: string): Promise<AccessBook> {
    const passwordFile = write('users', passwords);
    const aclFile = acl === undefined ? undefined : write('acl', acl);
    const book = new AccessBook({ allowAnonymous: true, passwordFile, aclFile }, silentLogger);
    await book.load();
    return book;
  }

  const may = (book: AccessBook, user: string, topic: string): boolean =>
    book.check({ user, client: 'c', topic, kind: 'write' }).isAllowed;

  test('that are wrong keep the house from starting, with every line', async () => {
    await expect(loaded('lamp\n\nfan:x', 'topic a a')).rejects.toMatchObject({
      code: 'access-file-invalid',
      message: expect.stringMatching(/users:1: .*\n.*users:3: .*\n.*acl:1: /),
    });
    rmSync(join(folder, 'users'));
    const book = new AccessBook({ allowAnonymous: true, passwordFile: join(folder, 'users') }, silentLogger);
    await expect(book.load()).rejects.toMatchObject({ code: 'access-file-unreadable' });
  });

  test('that are wrong when they are read again change nothing', async () => {
    const book = await loaded(`lamp:${quickHash('a')}\n`, 'user lamp\ntopic a\n');
    const revoked: string[] = [];
    book.onRevoke((users) => revoked.push(...users));
    write('users', '');
    write('acl', 'user lamp\ntopic b\nnope\n');
    await expect(book.reload()).rejects.toMatchObject({ code: 'access-file-invalid' });
    expect([may(book, 'lamp', 'a'), may(book, 'lamp', 'b')]).toEqual([true, false]);
    expect(revoked).toEqual([]);
  });

  test('read again hold at once, and end the connections of who changed', async () => {
    const hash = quickHash('a');
    const book = await loaded(`lamp:${hash}\nfan:${hash}\ngone:${hash}\n`, 'user lamp\ntopic a\n');
    const revoked: string[] = [];
    book.onRevoke((users) => revoked.push(...users));
    write('users', `lamp:${hash}\nfan:${quickHash('b')}\n`);
    write('acl', 'user lamp\ntopic b\n');
    await book.reload();
    expect([may(book, 'lamp', 'a'), may(book, 'lamp', 'b')]).toEqual([false, true]);
    expect(revoked).toEqual(['fan', 'gone']);
  });

  test.each([
    ['without an ACL file a listed user may do everything but what is ours', undefined, [true, false]],
    ['an empty ACL file allows nothing', '', [false, false]],
    ['one without rules allows nothing', '# nothing\n', [false, false]],
  ])('%s', async (_name, acl, expected) => {
    const book = await loaded(`lamp:${quickHash('a')}\n`, acl);
    expect([may(book, 'lamp', 'any/where'), may(book, 'lamp', '$SYS/x')]).toEqual(expected);
  });

  test('and the house: its rules go first, its users keep their own topics', async () => {
    const book = await loaded(`lamp:${quickHash('a')}\n`, 'user lamp\ntopic home/#\nuser fan\ntopic air\n');
    book.putUser(userRow('fan'));
    book.putRule({ id: '1', user: 'lamp', access: 'deny', filter: 'home/door', at: 0 });
    expect(['home/a', 'home/door', 'lamp/x'].map((topic) => may(book, 'lamp', topic))).toEqual([
      true,
      false,
      false,
    ]);
    expect(['air', 'fan/x', 'home/a'].map((topic) => may(book, 'fan', topic))).toEqual([true, true, false]);
  });
});
