// `user` and `acl` over the real HTTP server, against the fake use cases.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HttpHouse, startHttpHouse } from '../support/http-house.ts';
import { invoke, type Outcome } from './invoke.ts';

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

beforeEach(() => {
  house.api.calls.length = 0;
});

const cli = (argv: readonly string[], stdin?: string): Promise<Outcome> =>
  invoke([...argv, '--data', house.folder], stdin);

const lastCall = (): unknown => house.api.calls.at(-1);

describe('user', () => {
  it('add gives a device the password that was said', async () => {
    const outcome = await cli(['user', 'add', 'lamp', '--password', 'secret']);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.out).not.toContain('secret');
    expect(lastCall()).toMatchObject({
      what: 'users.add',
      args: [{ name: 'lamp', role: 'device', password: 'secret' }],
    });
  });

  it('add lets the house make a password and shows it once', async () => {
    const { out } = await cli(['user', 'add', 'lamp']);
    expect(lastCall()).toMatchObject({ args: [{ name: 'lamp', role: 'device' }] });
    expect(out).toContain('its password, shown only now: made-by-the-house\n');
  });

  it('add makes an administrator', async () => {
    expect(await cli(['user', 'add', 'anna', '--role', 'admin', '--password', 'x'])).toMatchObject({
      code: 0,
      out: 'added admin anna\n',
    });
    expect(await cli(['user', 'add', 'anna', '--role', 'king'])).toMatchObject({ code: 2 });
  });

  it('list tells of users', async () => {
    expect((await cli(['user', 'list'])).out).toMatch(
      /^NAME +ROLE +STATE +CHANGED\nlamp +device +may connect +/,
    );
  });

  it('passwd takes the password from stdin or a flag', async () => {
    await cli(['user', 'passwd', 'lamp'], 'typed\n');
    expect(lastCall()).toMatchObject({ what: 'users.setPassword', args: ['lamp', 'typed'] });
    await cli(['user', 'passwd', 'lamp', '--password', 'said']);
    expect(lastCall()).toMatchObject({ args: ['lamp', 'said'] });
  });

  it.each([
    ['enable', { what: 'users.setEnabled', args: ['a b', true] }],
    ['disable', { what: 'users.setEnabled', args: ['a b', false] }],
    ['delete', { what: 'users.delete', args: ['a b'] }],
  ])('%s', async (verb, call) => {
    expect(await cli(['user', verb, 'a b'])).toEqual({ code: 0, out: `${verb}d a b\n`, err: '' });
    expect(lastCall()).toMatchObject(call);
  });
});

describe('acl', () => {
  it('list asks for one user or all', async () => {
    expect((await cli(['acl', 'list', '--user', 'lamp'])).out).toBe(
      'ID  USER  ACCESS  FILTER\nr1  lamp  read    home/#\n',
    );
    expect(lastCall()).toMatchObject({ what: 'acl.list', args: ['lamp'] });
  });

  it('add and delete', async () => {
    expect(await cli(['acl', 'add', '*', 'write', 'status/%u'])).toMatchObject({
      code: 0,
      out: 'added r2: * write status/%u\n',
    });
    expect(lastCall()).toMatchObject({ args: [{ user: '*', access: 'write', filter: 'status/%u' }] });
    expect(await cli(['acl', 'add', '*', 'all', 'a'])).toMatchObject({ code: 2 });
    expect(await cli(['acl', 'delete', 'r1'])).toMatchObject({ code: 0, out: 'deleted r1\n' });
  });

  it('check says why, and answers with its exit code', async () => {
    expect(await cli(['acl', 'check', 'write', 'lamp/set', '--user', 'lamp'])).toEqual({
      code: 0,
      out: 'allowed: own topics\n',
      err: '',
    });
    expect(lastCall()).toMatchObject({ args: [{ user: 'lamp', access: 'write', topic: 'lamp/set' }] });
    expect(await cli(['acl', 'check', 'read', 'other'])).toMatchObject({ code: 1 });
  });

  it('reload', async () => {
    expect(await cli(['acl', 'reload'])).toMatchObject({ code: 0 });
    expect(lastCall()).toMatchObject({ what: 'acl.reload' });
  });
});
