// Which requests may change flows, by where they say that they come from.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../src/api/index.ts';
import { demandOwnPage } from '../../src/flows/proxy/access.ts';

const neighbour = { isSocket: false, isLocal: true, address: '127.0.0.1' };
const browser = { ...neighbour, secret: 'of the cookie' };
const page = 'http://localhost:18083';

/** `credentials` and headers → whether it is refused. */
const cases: readonly (readonly [string, Credentials, IncomingHttpHeaders, boolean])[] = [
  ['our page', browser, { 'sec-fetch-site': 'same-origin', origin: page }, false],
  ['our page over plain HTTP', browser, { origin: page }, false],
  ['a form of a foreign page', browser, { 'sec-fetch-site': 'cross-site', origin: page }, true],
  ['a page of the same site', browser, { 'sec-fetch-site': 'same-site', origin: page }, true],
  ['a link from nowhere', browser, { 'sec-fetch-site': 'none' }, true],
  ['a cookie and nothing else', browser, {}, true],
  ['curl at this machine, before there is an administrator', neighbour, {}, false],
  ['a foreign page in a browser at this machine', neighbour, { 'sec-fetch-site': 'cross-site' }, true],
  ['a token', { ...neighbour, bearer: 'hr_x' }, {}, false],
  ['the unix socket', { ...neighbour, isSocket: true }, {}, false],
];

describe('what changes flows comes from the house', () => {
  it.each(cases)('%s', (_, credentials, headers, isRefused) => {
    const request = { headers } as IncomingMessage;
    const demand = (): void => demandOwnPage({ request, credentials });
    if (isRefused) expect(demand).toThrow(expect.objectContaining({ code: 'foreign-origin' }));
    else expect(demand).not.toThrow();
  });
});
