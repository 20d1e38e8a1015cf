import { describe, expect, test } from 'vitest';
import type { DeviceNews, DeviceView } from '../../src/api/contract.ts';
import { Watchers } from '../../src/api/watchers.ts';

const lamp = { id: 'lamp', room: 'Hall', labels: ['night', 'a:b'] } as unknown as DeviceView;
const changed: DeviceNews = { change: 'changed', device: lamp };
const forgotten: DeviceNews = { change: 'forgotten', id: 'lamp' };

describe('who looks at devices', () => {
  test.each([
    [undefined, 2],
    ['lamp', 2],
    ['room', 0],
    ['room:Hall', 2],
    ['room:hall', 1],
    ['label:night', 2],
    ['label:a:b', 2],
    ['label:Hall', 1],
  ])('as %s hears %i of a change and of what is forgotten', (filter, count) => {
    const watchers = new Watchers();
    const heard: DeviceNews[] = [];
    watchers.add('devices', filter, (news) => heard.push(news));
    watchers.tell('devices', 'lamp', () => changed);
    watchers.tell('devices', 'lamp', () => forgotten);
    expect(heard).toEqual([changed, forgotten].slice(2 - count));
  });
});
