// What the bridge tells the cloud, and when.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outbox } from '../../../plugins/bemfa/bridge/outbox.ts';
import { VirtualClock } from '../../../src/base/index.ts';

function outbox(isOpen = true) {
  const clock = new VirtualClock(0);
  const sent: string[] = [];
  const missing = new Set<string>();
  const box = new Outbox({
    clock,
    everyMs: 1000,
    settleMs: 2000,
    has: (topic) => !missing.has(topic),
    send: (topic, text) => sent.push(`${clock.monotonic()} ${topic} ${text}`),
  });
  if (isOpen) box.open();
  return { clock, sent, box, missing };
}

describe('the outbox', () => {
  it('tells a topic the first state at once, and then the latest of each second', () => {
    const { clock, sent, box } = outbox();
    for (const text of ['on#1', 'on#2', 'on#3']) box.offer('a002', text);
    box.offer('b006', 'on');
    clock.advance(500);
    box.offer('a002', 'on#4');
    clock.advance(2000);
    expect(sent).toEqual(['0 a002 on#1', '0 b006 on', '1000 a002 on#4']);
    expect(box.superseded).toBe(2);
  });

  it('does not tell what the cloud knows', () => {
    const { clock, sent, box } = outbox();
    for (const text of ['on', 'on', 'off', 'on']) box.offer('a006', text);
    clock.advance(5000);
    expect(sent).toEqual(['0 a006 on']);
  });

  it('gives a device time to do as it was told', () => {
    const { clock, sent, box } = outbox();
    box.offer('a002', 'off');
    box.heard('a002', 'on#80');
    for (const text of ['on#20', 'on#60', 'on#80']) box.offer('a002', text);
    clock.advance(10_000);
    expect(sent).toEqual(['0 a002 off']);
  });

  it('corrects the cloud when the device does otherwise, or nothing', () => {
    const { clock, sent, box } = outbox();
    box.offer('a002', 'off');
    box.heard('a002', 'on#80');
    clock.advance(500);
    box.offer('a002', 'on#75');
    clock.advance(10_000);
    box.heard('a002', 'on#30');
    clock.advance(10_000);
    expect(sent).toEqual(['0 a002 off', '2000 a002 on#75', '12500 a002 on#75']);
  });

  it('keeps states while the cloud is away, and tells each once when it is back', () => {
    const { clock, sent, box } = outbox(false);
    box.offer('a002', 'on');
    box.offer('b002', 'on');
    clock.advance(60_000);
    box.offer('a002', 'off');
    expect(sent).toEqual([]);
    box.open();
    clock.advance(60_000);
    expect(sent).toEqual(['60000 a002 off', '60000 b002 on']);
    box.close();
    box.offer('b002', 'off');
    clock.advance(60_000);
    box.open();
    clock.advance(60_000);
    expect(sent.slice(2)).toEqual(['180000 a002 off', '180000 b002 off']);
  });

  it('forgets a topic', () => {
    const { clock, sent, box } = outbox();
    box.offer('a002', 'on');
    box.offer('a002', 'off');
    box.forget('a002');
    clock.advance(60_000);
    expect(sent).toEqual(['0 a002 on']);
  });

  it('never tells twice within a second, and ends with the state', () => {
    const step = fc.record({
      kind: fc.constantFrom('offer', 'heard', 'open', 'close'),
      text: fc.constantFrom('on', 'off', 'on#5'),
      ms: fc.integer({ min: 0, max: 3000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { clock, sent, box } = outbox();
        const state = steps.findLast(({ kind }) => kind === 'offer')?.text;
        for (const { kind, text, ms } of steps) {
          if (kind === 'offer') box.offer('a002', text);
          else if (kind === 'heard') box.heard('a002', text);
          else if (kind === 'open') box.open();
          else box.close();
          clock.advance(ms);
        }
        box.open();
        clock.advance(5000);
        const times = sent.map((line) => Number(line.split(' ')[0]));
        for (const [i, at] of times.entries())
          expect(at - (times[i - 1] ?? -1000)).toBeGreaterThanOrEqual(1000);
        if (state === undefined) expect(sent).toEqual([]);
        else expect(sent.at(-1)).toContain(` a002 ${state}`);
      }),
    );
  });
});

it('waits for a topic that the cloud does not have yet, and tells the latest state then', () => {
  const { box, sent, clock, missing } = outbox();
  missing.add('new002');
  box.offer('new002', 'on#1');
  box.offer('new002', 'on#2');
  clock.advance(5000);
  expect(sent).toEqual([]);
  missing.delete('new002');
  box.renew('new002');
  expect(sent).toEqual(['5000 new002 on#2']);
});
