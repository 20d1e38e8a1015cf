// mosquitto's two files as text: what each line means, and what is said of a wrong one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPassword, parsePasswordFile, verifyPassword } from '../../src/base/index.ts';
import { parseAclFile } from '../../src/broker/access/acl-file.ts';

/** A salt of 12 bytes and a hash of 64. */
const salt = Buffer.alloc(12, 1).toString('base64');
const key = Buffer.alloc(64, 2).toString('base64');

describe('a line of the ACL file', () => {
  const rulesOf = (text: string): unknown => {
    const { anonymous, users, patterns, problems } = parseAclFile(text, 'acl');
    if (problems.length > 0) return problems.map(({ line, message }) => `${line}: ${message}`);
    const plain = (rules: typeof anonymous) => rules.map(({ access, filter }) => `${access} ${filter}`);
    return {
      ...(anonymous.length > 0 && { anonymous: plain(anonymous) }),
      ...Object.fromEntries([...users].map(([user, rules]) => [`user ${user}`, plain(rules)])),
      ...(patterns.length > 0 && { patterns: plain(patterns) }),
    };
  };

  it.each([
    ['topic a/b', { anonymous: ['readwrite a/b'] }],
    ['topic read a/+/b', { anonymous: ['read a/+/b'] }],
    ['topic write #', { anonymous: ['write #'] }],
    ['topic read two words', { anonymous: ['read two words'] }],
    ['topic read', { anonymous: ['readwrite read'] }],
    ['topic read  a', { anonymous: ['read a'] }],
    ['  topic   read a', { anonymous: ['read a'] }],
    ['topic read a   \r', { anonymous: ['read a'] }],
    ['topic read %u', { anonymous: ['read %u'] }],
    ['user bob smith \ntopic read a', { 'user bob smith': ['read a'] }],
    [
      'topic a\nuser bob\ntopic b\nuser eve\nuser bob\ntopic read c',
      { anonymous: ['readwrite a'], 'user bob': ['readwrite b', 'read c'], 'user eve': [] },
    ],
    ['topic read a\ntopic deny a/b\ntopic b', { anonymous: ['read a', 'deny a/b', 'readwrite b'] }],
    [
      'user bob\npattern read %c/%u/#\npattern deny x',
      { 'user bob': [], patterns: ['read %c/%u/#', 'deny x'] },
    ],
    ['# topic a\n\n   \n', {}],
    ['', {}],
  ])('%j', (text, expected) => {
    expect(rulesOf(text)).toEqual(expected);
  });

  it.each([
    ['topic foo bar', '1: expected read, write, readwrite or deny, got "foo"'],
    ['topic READ a', '1: expected read, write, readwrite or deny, got "READ"'],
    ['\n\ntopic', '3: expected a topic filter'],
    ['topic read a/#/b', '1: expected a topic filter, got "a/#/b": # must be the last level'],
    ['topic a+', '1: expected a topic filter, got "a+": + must stand alone in its level'],
    ['pattern read dev-%u/x', '1: expected %u or %c alone in its level, got "dev-%u"'],
    ['pattern %u%c', '1: expected %u or %c alone in its level, got "%u%c"'],
    ['user', '1: expected a name after user'],
    ['topic\tread a', '1: expected user, topic or pattern and a space, got "topic\tread"'],
    [' # late comment', '1: expected user, topic or pattern and a space, got "#"'],
    ['USER bob', '1: expected user, topic or pattern and a space, got "USER"'],
    [`topic ${'x'.repeat(70_000)}`, '1: expected at most 65536 characters'],
  ])('is wrong: %j', (text, expected) => {
    expect(rulesOf(text)).toEqual([expected]);
  });

  it('is told for each that is wrong', () => {
    expect(rulesOf('topic a\nnope\nuser bob\ntopic b b\n')).toHaveLength(2);
  });

  it('whatever it is, ends in rules or in problems', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { problems, anonymous, patterns, users } = parseAclFile(text, 'acl');
        const lines = text.split('\n').length;
        for (const { line } of problems) expect(line).toBeLessThanOrEqual(lines);
        expect(problems.length + anonymous.length + patterns.length + users.size).toBeLessThanOrEqual(lines);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});

describe('a line of the password file', () => {
  const problemsOf = (text: string): string[] =>
    parsePasswordFile(text).problems.map(({ line, message }) => `${line}: ${message}`);

  it.each([
    ['bob', '1: expected user:hash, found no colon'],
    [`:$7$1$${salt}$${key}`, '1: expected a user name before the colon'],
    ['bob:plain', '1: user "bob": expected a hash that begins with $6$, $7$ or $argon2id$'],
    ['bob:', '1: user "bob": expected a hash that begins with $6$, $7$ or $argon2id$'],
    [`bob:$7$0$${salt}$${key}`, '1: user "bob": expected iterations from 1 to 10000000'],
    [`bob:$7$99999999999$${salt}$${key}`, '1: user "bob": expected iterations from 1 to 10000000'],
    [`bob:$7$101$${salt}$not*base64`, '1: user "bob": expected the hash in base64'],
    [`bob:$7$101$$${key}`, '1: user "bob": expected the salt in base64'],
    [
      `bob:$6$${Buffer.alloc(13).toString('base64')}$${key}`,
      '1: user "bob": expected a salt of 12 or 64 bytes, got 13',
    ],
    [`bob:$6$${salt}$${salt}`, '1: user "bob": expected a hash of 64 bytes, got 12'],
    ['bob:$argon2id$v=19$m=1,t=1$a$b', '1: user "bob": expected $argon2id$v=19$m=…,t=…,p=…$salt$hash'],
    [`bob:$6$${salt}$${key}\nbob:$6$${salt}$${key}`, '2: user "bob" stands in an earlier line already'],
    [`${'x'.repeat(65_536)}:$6$${salt}$${key}`, '1: a user name has at most 65535 bytes'],
  ])('is wrong: %.60j', (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it('may be a comment, empty or of a file from Windows', () => {
    const { entries, problems } = parsePasswordFile(`# bob:x\r\n\r\n\nbob:$6$${salt}$${key}\r\n`);
    expect(problems).toEqual([]);
    expect([...entries.keys()]).toEqual(['bob']);
  });

  it('never repeats a hash or a password in a problem', () => {
    expect(problemsOf('bob:geheim\nbob:$7$1$geheim$geheim').join()).not.toContain('geheim');
  });
});

describe('a hash', () => {
  // By mosquitto_passwd 2.0.11, by Python's hashlib, and by the reference implementation of Argon2.
  const lines = {
    $6$: '$6$Igs7tSGS2EDhFZdI$jF6nuNJo7HuESziddjK7hASdIzvOqKqGBGB+/Zm9oJJWnlnkUkJuikgrKPG+Jr5ci4iDOTNe2tQ06Hc6wZBMxg==',
    '$7$ with 64 bytes of salt':
      '$7$101$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==$nC5lZh4zXXL9YYwSBLXeQ4x6eVDLDThAXrkOTqlGFer3YWn3xud0lGeA18sh8JUkSvje98xCmwzQO8iSZd89Pw==',
    '$7$ with 12 bytes of salt':
      '$7$101$85YpcpH5dHlxlCm+$igjH57pzRSsEZDxJ8VtuD3bqK+Ha9WAAj9tl/0FgV7RbWQNEb3scaJWuUh32C88ADNiKN6u+VZgWJtj5sTEuRg==',
  };

  it.each(Object.entries(lines))('of %s is verified', async (_name, text) => {
    const hash = parsePasswordFile(`bob:${text}`).entries.get('bob')?.hash;
    if (hash === undefined) throw new Error('no entry');
    expect(await verifyPassword('secret', hash)).toBe(true);
    expect(await verifyPassword('Secret', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('of argon2id is verified', async () => {
    const text = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    const hash = parsePasswordFile(`bob:${text}`).entries.get('bob')?.hash;
    if (hash === undefined) throw new Error('no entry');
    expect(await verifyPassword('password', hash)).toBe(true);
    expect(await verifyPassword('passwort', hash)).toBe(false);
  });

  it('that is written is read again', async () => {
    const text = await hashPassword('pä ss', 7);
    const entry = parsePasswordFile(`bob:${text}`).entries.get('bob');
    expect(text).toMatch(/^\$7\$7\$/);
    expect(entry?.hash).toMatchObject({ kind: 'pbkdf2', iterations: 7 });
    expect(entry && (await verifyPassword('pä ss', entry.hash))).toBe(true);
    expect(await hashPassword('pä ss', 7)).not.toBe(text);
  });
});
