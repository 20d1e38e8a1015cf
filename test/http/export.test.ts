// History and messages as files: their form, how fast they are made, and that nobody makes them for nobody.
import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, exchange, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

let house: HttpHouse;
beforeEach(async () => {
  house = await startHttpHouse();
});
afterEach(() => house.stop());

const csvType = 'text/csv; charset=utf-8';

describe('an export', () => {
  const samples = ['time,at,value', '1970-01-01T00:00:00.000Z,0,1', '1970-01-01T00:00:01.000Z,1000,'];
  const quoted = '1970-01-01T00:00:02.000Z,2000,"a ""b"", c"';

  test.each([
    ['/history?topic=a&format=csv', {}],
    ['/history?topic=a', { Accept: 'text/csv' }],
  ])('of samples is CSV: %s %j', async (path, headers) => {
    const answer = await ask(house, `/api/v1${path}`, { headers });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': csvType, 'content-disposition': 'attachment; filename="history.csv"' },
    });
    expect(answer.body.toString()).toBe(`${[...samples, quoted].join('\r\n')}\r\n`);
  });

  test('of a drawing has its points', async () => {
    const answer = await ask(house, '/api/v1/history?topic=a&format=csv&points=2');
    expect(answer.body.toString().split('\r\n').slice(0, 2)).toEqual([
      'time,at,count,min,max,mean,last,changes',
      '1970-01-01T00:00:00.000Z,0,2,1,3,2,3,1',
    ]);
  });

  test('is JSON as well', async () => {
    const answer = await ask(house, '/api/v1/history?topic=a&format=json');
    expect(jsonOf(answer)).toEqual({
      items: [{ at: 0, value: 1 }, { at: 1000 }, { at: 2000, value: 'a "b", c' }],
    });
  });

  test('of messages has all of them', async () => {
    const answer = await ask(house, '/api/v1/messages?filter=a&format=csv');
    expect(answer.body.toString().split('\r\n')).toEqual([
      'time,at,topic,payload,qos,retain,origin,by',
      '1970-01-01T00:00:01.000Z,1000,a,"on, ""x""",0,false,client,lamp',
      '1970-01-01T00:00:01.000Z,1000,b,"on, ""x""",0,false,client,lamp',
      '',
    ]);
    expect(house.api.calls.at(-1)).toMatchObject({ what: 'messages.all', args: [{ filter: 'a' }] });
  });

  test('of nothing is empty, not broken', async () => {
    house.api.history.samples = async () =>
      (async function* none() {
        yield [];
      })();
    expect(jsonOf(await ask(house, '/api/v1/history?topic=a&format=json'))).toEqual({ items: [] });
  });
});

describe('a long export', () => {
  /** Pages without end; counts those that were asked for. */
  function endless() {
    const made = { pages: 0, ended: Promise.withResolvers<void>() };
    const page = Array.from({ length: 4000 }, (_, n) => ({ at: n, value: n }));
    house.api.history.samples = async () =>
      (async function* pages() {
        try {
          for (;;) {
            made.pages++;
            yield page;
          }
        } finally {
          made.ended.resolve();
        }
      })();
    return made;
  }

  test('waits for who reads it, and ends when they are gone', async () => {
    const made = endless();
    const asked = request({
      host: '127.0.0.1',
      port: house.port,
      path: '/api/v1/history?topic=a&format=csv',
    });
    asked.end();
    const [response] = await once(asked, 'response');
    const gone = new Promise((resolve) => response.once('close', resolve));
    response.on('error', () => undefined);
    await once(response, 'readable');
    // What fits into the buffers of both sides is made, then nothing more.
    let before = -1;
    while (made.pages !== before) {
      before = made.pages;
      await ask(house, '/api/v1/health');
      await ask(house, '/api/v1/health');
    }
    expect(made.pages).toBeLessThan(500);
    response.destroy();
    await gone;
    await made.ended.promise;
    expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('that fails on the way is cut off', async () => {
    house.api.history.samples = async () =>
      (async function* failing() {
        yield [{ at: 0, value: 1 }];
        throw new Error('the disk is gone');
      })();
    const asked = 'GET /api/v1/history?topic=a&format=csv HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const reply = await exchange({ port: house.port }, asked);
    expect(reply).toContain('1970-01-01T00:00:00.000Z,0,1');
    expect(reply).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(house.log.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});
