// Use cases about the past, with a real store: drawings, samples, messages, and what is said when there is nothing.
import { expect, test } from 'vitest';
import { HistoryDesk } from '../../src/api/history.ts';
import { Messages } from '../../src/api/messages.ts';
import { noon, openHouse } from '../store/house.ts';
import { said } from '../store/series-cases.ts';

async function desks() {
  const { store, clock } = await openHouse();
  const here = { clock, home: { zone: 'UTC' } };
  const history = new HistoryDesk({ history: store.history, ...here });
  const messages = new Messages({ journal: store.journal, ...here });
  return { store, history, messages };
}

test('a drawing is of the last day unless somebody says otherwise', async () => {
  const { store, history } = await desks();
  store.journal.append(said('t', { a: 1 }, noon - 30 * 3_600_000));
  store.journal.append(said('t', { a: 2 }, noon - 3_600_000));
  const view = await history.draw({ topic: 't', path: 'a' });
  expect(view).toMatchObject({ from: noon - 86_400_000, to: noon, points: [{ last: 2 }], gaps: [] });
  expect((await history.draw({ topic: 't', path: 'a', from: '-2d' })).points).toHaveLength(2);
  expect(await history.draw({ topic: 't', path: 'a', from: '09:30' })).toMatchObject({
    from: noon - 9_000_000,
  });
});

test.each([
  [{ topic: 't' }, 'history-missing', 'there is no history of "t"; there is one of a, b.0'],
  [{ topic: 't', path: 'x' }, 'history-missing', 'there is no history of "x" of "t"; there is one of a, b.0'],
  [{ topic: 'x' }, 'history-missing', 'there is no history of "x"'],
  [
    { topic: 't', path: 'a', from: 'yesterday' },
    'bad-time',
    /"yesterday" is no instant: expected -7d, 21:04/,
  ],
  [{ topic: 't', path: 'a', from: '-7x' }, 'bad-time', /"-7x"/],
  [{ topic: 't', path: 'a', from: 'now', to: '-1h' }, 'bad-range', 'from now is after to -1h'],
])('%j is answered with %s', async (query, code, message) => {
  const { store, history } = await desks();
  store.journal.append(said('t', { a: 1, b: [2] }, noon));
  for (const asked of [() => history.draw(query), () => history.samples(query)])
    await expect(asked()).rejects.toMatchObject({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
});

test('messages come page by page from either end', async () => {
  const { store, messages } = await desks();
  for (let n = 0; n < 7; n++) store.journal.append(said(`home/${n % 2}`, n, noon - 10_000 + n));
  store.journal.append(said('other', { binary: false }, noon));
  const texts = async (query: object): Promise<string[]> => {
    const found: string[] = [];
    let next: string | undefined;
    do {
      const page = await messages.list({ limit: 3, ...query, ...(next !== undefined && { cursor: next }) });
      found.push(page.items.map(({ payload }) => payload).join(''));
      next = page.next;
    } while (next !== undefined);
    return found.filter((one) => one !== '');
  };
  expect(await texts({ filter: 'home/#' })).toEqual(['654', '321', '0']);
  expect(await texts({ filter: 'home/#', order: 'oldest' })).toEqual(['012', '345', '6']);
  expect(await texts({ filter: 'home/1' })).toEqual(['531']);
  const all: string[] = [];
  for await (const page of messages.all({ filter: 'home/+', limit: 5 }))
    all.push(...page.map(({ payload }) => payload));
  expect(all).toEqual(['0', '1', '2', '3', '4']);
});

test('a message is shown as it is', async () => {
  const { store, messages } = await desks();
  const binary = { ...said('t', '', noon), payload: Buffer.from([0xff, 0x00]), cause: 'run-1', retain: true };
  store.journal.append(binary);
  store.journal.append(said('t', 'x'.repeat(70_000), noon));
  const [long, short] = (await messages.list({})).items;
  expect(short).toMatchObject({ payload: '/wA=', binary: true, bytes: 2, cause: 'run-1', retain: true });
  expect(long).toMatchObject({ bytes: 70_000, truncated: true });
  expect(long?.payload).toHaveLength(65_536);
});

test.each([
  [{ filter: 'a#' }, 'bad-filter'],
  [{ cursor: 'x' }, 'bad-cursor'],
  [{ from: 'soon' }, 'bad-time'],
])('messages of %j are answered with %s', async (query, code) => {
  const { messages } = await desks();
  await expect(messages.list(query)).rejects.toMatchObject({ code });
});
