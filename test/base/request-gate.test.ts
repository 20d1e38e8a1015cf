import { describe, expect, it } from 'vitest';
import { type GateOptions, type GateRequest, isLoopback, refusalOf } from '../../src/base/index.ts';

const options: GateOptions = {
  hosts: ['panel.example'],
  origins: ['https://dash.example'],
  machine: 'attic',
};

const plain: GateRequest = {
  method: 'GET',
  host: 'localhost:18083',
  origin: undefined,
  isForwarded: false,
  remoteAddress: '127.0.0.1',
  contentType: undefined,
  hasBody: false,
};

const outcome = (change: Partial<GateRequest>): string => {
  const refusal = refusalOf({ ...plain, ...change }, options);
  return refusal === undefined ? 'passes' : `${refusal.status} ${refusal.code}`;
};

describe('the request gate', () => {
  it.each([
    ['localhost', 'passes'],
    ['LOCALHOST:8083', 'passes'],
    ['127.0.0.1:18083', 'passes'],
    ['192.168.1.7', 'passes'],
    ['[::1]:18083', 'passes'],
    ['[fe80::1]', 'passes'],
    ['attic:18083', 'passes'],
    ['attic.local', 'passes'],
    ['panel.example', 'passes'],
    ['evil.example', '421 wrong-host'],
    ['localhost.evil.example', '421 wrong-host'],
    ['evil.localhost', '421 wrong-host'],
    ['panel.example.evil.example', '421 wrong-host'],
    ['127.0.0.1.evil.example', '421 wrong-host'],
    ['local', '421 wrong-host'],
    ['localhost:18083:1', '421 wrong-host'],
    ['localhost@evil.example', '421 wrong-host'],
    ['localhost/evil', '421 wrong-host'],
    ['', '421 wrong-host'],
    [undefined, '421 wrong-host'],
  ])('Host %s: %s', (host, expected) => {
    expect(outcome({ host })).toBe(expected);
  });

  it.each([
    [undefined, 'passes'],
    ['http://localhost:18083', 'passes'],
    ['https://localhost:18083', 'passes'],
    ['https://dash.example', 'passes'],
    ['http://localhost', '403 foreign-origin'],
    ['http://localhost:1', '403 foreign-origin'],
    ['http://127.0.0.1:18083', '403 foreign-origin'],
    ['http://evil.example', '403 foreign-origin'],
    ['http://dash.example', '403 foreign-origin'],
    ['null', '403 foreign-origin'],
    ['', '403 foreign-origin'],
    ['not an origin', '403 foreign-origin'],
  ])('Origin %s: %s', (origin, expected) => {
    expect(outcome({ origin })).toBe(expected);
  });

  it('refuses a rebound name before it looks at the origin', () => {
    const rebound = outcome({ host: 'evil.example', origin: 'http://evil.example' });
    expect(rebound).toBe('421 wrong-host');
  });

  it.each([
    ['127.0.0.1', false, 'passes'],
    ['127.9.9.9', false, 'passes'],
    ['::1', false, 'passes'],
    ['::ffff:127.0.0.1', false, 'passes'],
    ['192.168.1.7', false, '403 not-loopback'],
    ['::ffff:192.168.1.7', false, '403 not-loopback'],
    ['fe80::1', false, '403 not-loopback'],
    ['127.0.0.1', true, '403 not-loopback'],
    ['::1', true, '403 not-loopback'],
  ])('peer %s, forwarded %s: %s', (remoteAddress, isForwarded, expected) => {
    expect(outcome({ remoteAddress, isForwarded })).toBe(expected);
  });

  const socket = { remoteAddress: undefined, host: undefined };
  it.each([
    [{}, 'passes'],
    [{ host: 'evil.example' }, 'passes'],
    [{ isForwarded: true }, 'passes'],
    [{ origin: 'http://localhost' }, '403 foreign-origin'],
    [{ method: 'PUT', hasBody: true, contentType: 'text/plain' }, '415 wrong-content-type'],
  ])('over the unix socket %o: %s', (change, expected) => {
    expect(outcome({ ...socket, ...change })).toBe(expected);
  });

  it.each([
    ['POST', 'application/json', true, 'passes'],
    ['POST', 'Application/JSON; charset=utf-8', true, 'passes'],
    ['PUT', 'text/yaml', true, 'passes'],
    ['POST', undefined, false, 'passes'],
    ['DELETE', undefined, false, 'passes'],
    ['GET', 'text/plain', true, 'passes'],
    ['POST', undefined, true, '415 wrong-content-type'],
    ['POST', 'text/plain', true, '415 wrong-content-type'],
    ['POST', 'application/x-www-form-urlencoded', true, '415 wrong-content-type'],
    ['POST', 'multipart/form-data; boundary=x', true, '415 wrong-content-type'],
    ['DELETE', 'text/plain', true, '415 wrong-content-type'],
  ])('%s with %s, body %s: %s', (method, contentType, hasBody, expected) => {
    expect(outcome({ method, contentType, hasBody })).toBe(expected);
  });

  it('shows no more than the beginning of what it refuses', () => {
    const refusal = refusalOf({ ...plain, host: 'x'.repeat(5000) }, options);
    expect(refusal?.message.length).toBeLessThan(200);
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.1.2.3', true],
    ['128.0.0.1', false],
    ['10.0.0.127', false],
    ['::', false],
    [undefined, false],
  ])('%s: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});
