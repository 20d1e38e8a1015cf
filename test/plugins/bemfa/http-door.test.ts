// The HTTP APIs of all generations, and what they answer to nonsense.
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, test } from 'vitest';
import { publishBytes, subscribeBytes } from '../../support/raw-client.ts';
import { type Emulated, emulate, key } from './emulated.ts';

const U = key;
const topic = { uid: U, type: 1 };

describe('the current API', () => {
  it('creates, names, moves, lists and deletes topics', async () => {
    const cloud = await emulate();
    const calls: [path: string, body: object | undefined, answer: object][] = [
      ['/v1/createTopic', { ...topic, topic: 'fan003', name: '风扇' }, { code: 0, message: 'OK' }],
      ['/v1/createTopic', { ...topic, topic: 'fan003' }, { code: 40006 }],
      ['/v1/createTopic', { ...topic, topic: 'bad_name003' }, { code: 40009 }],
      ['/v1/createTopic', { ...topic, topic: 'a'.repeat(65) }, { code: 40009 }],
      ['/v1/createTopic', { uid: 'nobody', type: 1, topic: 'x001' }, { code: 40004 }],
      ['/v1/createTopic', { uid: U, type: 2, topic: 'x001' }, { code: 10002 }],
      ['/v1/createTopic', { uid: U, type: 1 }, { code: 10002 }],
      ['/va/modifyName', { ...topic, topic: 'fan003', name: '吊扇' }, { code: 0, message: 'OK', data: 0 }],
      [`/va/getName?uid=${U}&type=1&topic=fan003`, undefined, { code: 0, data: '吊扇' }],
      [
        '/vb/api/v1/changeTopicGroup',
        { openID: U, type: 1, topicIDs: ['fan003'], group: 'air' },
        { code: 0, msg: 'success', data: { code: 0 } },
      ],
      [
        `/vb/api/v2/groupTopic?openID=${U}&type=1&group=air`,
        undefined,
        { data: { data: [{ topic: 'fan003', msg: '' }] } },
      ],
      [
        `/vb/api/v2/topicInfo?openID=${U}&type=1&topic=fan003`,
        undefined,
        { code: 0, data: { name: '吊扇', deviceType: 'fan', online: false, onlineNum: 0 } },
      ],
      ['/v1/deleteTopic', { ...topic, topic: 'fan003' }, { code: 0, message: 'OK', data: 0 }],
      ['/v1/deleteTopic', { ...topic, topic: 'fan003' }, { code: 40004 }],
    ];
    for (const [path, body, answer] of calls) {
      const got = body === undefined ? await cloud.get(path) : await cloud.post(path, body);
      expect({ path, got }).toMatchObject({ path, got: answer });
    }
  });

  it('creates by the second generation, in batches too', async () => {
    const cloud = await emulate();
    const create = { uid: U, type: 7, topic: 'ac005', name: '空调', room: '客厅' };
    expect(await cloud.post('/vs/web/v2/createTopicNoSecret', create)).toEqual({
      code: 0,
      msg: 'success',
      data: { code: 0, message: '' },
    });
    expect(await cloud.post('/vs/web/v2/createTopic', create)).toMatchObject({
      code: 40006,
      msg: '设备已存在',
      data: { code: 40006 },
    });
    const topics = [{ topic: 'ac005' }, { topic: 'tv012', name: '电视' }];
    expect(await cloud.post('/vs/web/v2/addTopicsNoSecret', { uid: U, topics })).toMatchObject({
      code: 0,
      data: { exists: ['ac005'], failed: [] },
    });
    const openId = Buffer.from(U).toString('base64');
    expect(await cloud.get(`/vb/ha/v1/device?openID=${openId}`)).toMatchObject({
      data: {
        array: expect.arrayContaining([expect.objectContaining({ topic: 'tv012', id: 'television' })]),
      },
    });
    expect(await cloud.post('/vs/web/v1/userSecretKey', { openID: U })).toEqual({
      code: 0,
      msg: 'success',
      data: { appID: 'beid_app', secretKey: 'app-secret' },
    });
  });

  it('tells messages, the newest last, and who is there', async () => {
    const cloud = await emulate();
    const device = await cloud.mqtt();
    device.send(subscribeBytes('led002'));
    for (const payload of ['on', 'on#20', 'off']) {
      device.send(publishBytes({ topic: 'led002/up', payload }));
      await device.settled();
      cloud.clock.advance(1000);
    }
    const last = async (num: string): Promise<unknown> =>
      cloud.get(`/va/getmsg?uid=${U}&topic=led002&type=1&num=${num}`);
    expect(await last('2')).toMatchObject({ data: [{ msg: 'on#20' }, { msg: 'off', unix: 1767294247 }] });
    for (const num of ['0', '5001', 'x', '1.5']) expect(await last(num)).toMatchObject({ code: 10002 });
    const own = { topic: 'led002', msg: 'off', name: '客厅灯', online: true, tid: 'light' };
    const idle = { topic: 'sw006', msg: '', online: false, tid: 'switch', time: '' };
    expect(await cloud.get(`/va/alltopic?uid=${U}&type=1`)).toMatchObject({ code: 0, data: [own, idle] });
    expect(await cloud.get(`/vb/api/v2/allTopic?openID=${U}&type=1`)).toMatchObject({
      code: 0,
      msg: 'success',
      data: { data: [{ ...own, deviceType: 'light', pubOnline: true, type: 1 }, idle] },
    });
    expect(await cloud.get('/vb/api/v2/allTopic?openID=nobody&type=1')).toEqual({
      code: -1,
      msg: '获取失败',
      data: '',
    });
  });

  it('keeps so many messages and bytes of a topic, and no more', async () => {
    const cloud = await emulate({ conduct: { history: 3, historyBytes: 12 } });
    const device = await cloud.mqtt();
    const all = async (): Promise<unknown> => cloud.get(`/va/getmsg?uid=${U}&topic=led002&type=1&num=100`);
    for (const payload of ['1', '2', '3', '4']) device.send(publishBytes({ topic: 'led002', payload }));
    await device.settled();
    expect(await all()).toMatchObject({ data: [{ msg: '2' }, { msg: '3' }, { msg: '4' }] });
    device.send(publishBytes({ topic: 'led002', payload: 'x'.repeat(20) }));
    await device.settled();
    expect(await all()).toMatchObject({ data: [{ msg: 'x'.repeat(20) }] });
  });

  it.each([
    ['GET', `/va/sendMessage?uid=${U}&topic=led002&type=1&msg=on%2380`, undefined],
    ['POST', '/va/postJsonMsg', { ...topic, topic: 'led002', msg: 'on#80' }],
    ['POST', '/vb/ha/v1/postMassage', { openID: btoa(U), topicID: 'led002', type: 1, message: 'on#80' }],
  ])('pushes by %s %s', async (_method, path, body) => {
    const cloud = await emulate();
    const device = await cloud.mqtt();
    device.send(subscribeBytes('led002', 1));
    await device.settled();
    const answer = body === undefined ? await cloud.get(path) : await cloud.post(path, body);
    expect(answer).toMatchObject({ code: 0, data: 0 });
    expect(await device.next('publish')).toMatchObject({
      topic: 'led002',
      payload: Buffer.from('on#80'),
      qos: 1,
    });
  });

  it('says when messages come too fast or are too long', async () => {
    const cloud = await emulate({ conduct: { messagesPerSecond: 1, payloadBytes: 5 } });
    const say = async (msg: string): Promise<unknown> =>
      cloud.post('/va/postJsonMsg', { ...topic, topic: 'led002', msg });
    expect(await say('too long')).toMatchObject({ code: 10002 });
    expect([await say('on'), await say('off')]).toMatchObject([{ code: 0 }, { code: 40007 }]);
    cloud.clock.advance(1000);
    expect(await say('off')).toMatchObject({ code: 0 });
  });
});

describe('the first API', () => {
  const form = async (cloud: Emulated, path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`http://127.0.0.1:${cloud.ports.http}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });

  it('lists as text/html what it created, and renames and deletes it', async () => {
    const cloud = await emulate({ topics: [] });
    const own = { uid: U, type: '1', topic: 'hassping' };
    const steps: [path: string, fields: Record<string, string>, answer: object][] = [
      ['/api/user/addtopic/', { ...own, name: 'ping' }, { code: 5723007, status: 'added successfullye' }],
      ['/api/user/addtopic/', own, { code: 5723006 }],
      ['/api/device/v1/topic/name/', { ...own, name: '心跳' }, { code: 5743007 }],
    ];
    for (const [path, fields, answer] of steps) {
      expect(await (await form(cloud, path, fields)).json()).toMatchObject(answer);
    }
    const list = await fetch(`http://127.0.0.1:${cloud.ports.http}/api/device/v1/topic/?uid=${U}&type=2`);
    expect(list.headers.get('content-type')).toContain('text/html');
    expect(await list.json()).toEqual({
      code: 111,
      status: 'get ok',
      data: [{ topic_id: 'hassping', v_name: '心跳' }],
    });
    expect(await (await form(cloud, '/api/user/deltopic/', own)).json()).toMatchObject({ code: 5733007 });
    expect(await (await form(cloud, '/api/user/deltopic/', own)).json()).toMatchObject({ code: 40012 });
  });

  it('gets, sets and asks for devices', async () => {
    const cloud = await emulate();
    const device = '/api/device/v1';
    expect(await cloud.get(`${device}/status/?uid=${U}&topic=led002`)).toMatchObject({ status: 'offline' });
    expect(await cloud.get(`${device}/data/1/?uid=${U}&topic=led002`)).toMatchObject({ msg: '' });
    await form(cloud, `${device}/data/1/`, { uid: U, topic: 'led002', msg: 'on' });
    expect(await cloud.get(`${device}/data/1/get/?uid=${U}&topic=led002&num=1`)).toMatchObject({ msg: 'on' });
    await cloud.get(`${device}/data/3/push/get/?uid=${U}&topic=led002/up&msg=off`);
    expect(await cloud.get(`/va/getmsg?uid=${U}&topic=led002&type=3`)).toMatchObject({
      data: [{ msg: 'off' }],
    });
    const client = await cloud.mqtt();
    client.send(subscribeBytes('led002'));
    await client.settled();
    expect(await cloud.get(`${device}/status/?uid=${U}&topic=led002`)).toMatchObject({ status: 'online' });
    expect(await cloud.get(`${device}/status/?uid=x&topic=led002`)).toMatchObject({ code: 41022 });
  });
});

describe('nonsense', () => {
  const raw = async (cloud: Emulated, path: string, init?: RequestInit): Promise<[number, unknown]> => {
    const response = await fetch(`http://127.0.0.1:${cloud.ports.http}${path}`, init);
    return [response.status, await response.json()];
  };
  const json = { 'content-type': 'application/json' };

  test.each<[name: string, path: string, init: RequestInit, status: number, body: object]>([
    ['an unknown path', '/nothing', {}, 404, { code: 40000 }],
    ['a wrong method', '/va/postJsonMsg', {}, 404, { code: 40000 }],
    ['no parameters', '/va/getmsg', {}, 200, { code: 10002 }],
    ['no JSON', '/va/postJsonMsg', { method: 'POST', headers: json, body: '{"uid":' }, 200, { code: 10002 }],
    ['a list', '/va/postJsonMsg', { method: 'POST', headers: json, body: '[1]' }, 200, { code: 10002 }],
    [
      'a key that is an object',
      '/va/postJsonMsg',
      { method: 'POST', headers: json, body: '{"uid":{}}' },
      200,
      { code: 10002 },
    ],
    ['a huge body', '/va/postJsonMsg', { method: 'POST', body: 'x'.repeat(300_000) }, 413, { code: 10002 }],
  ])('%s is answered', async (_name, path, init, status, body) => {
    const cloud = await emulate();
    const [gotStatus, got] = await raw(cloud, path, init);
    expect(got).toMatchObject(body);
    expect(gotStatus).toBe(status);
  });
});

describe('the voice', () => {
  const say = async (cloud: Emulated, target: string, ...words: string[]): Promise<unknown> =>
    cloud.post('/emulator/voice', { target, words });

  it('pushes to the device, by topic or nickname', async () => {
    const cloud = await emulate();
    const [mqtt, tcp] = [await cloud.mqtt(), await cloud.tcp()];
    mqtt.send(subscribeBytes('led002', 1));
    await mqtt.settled();
    expect(await say(cloud, '客厅灯', 'on', '80')).toEqual({
      spoken: [{ topic: 'led002', type: 1, message: 'on#80', hearers: 1 }],
    });
    expect(await mqtt.next('publish')).toMatchObject({ topic: 'led002', payload: Buffer.from('on#80') });
    tcp.send(`cmd=1&uid=${U}&topic=led002\r\n`);
    await tcp.settled();
    expect(await say(cloud, 'led002', 'off')).toMatchObject({ spoken: [{ type: 1 }, { type: 3 }] });
    expect(await tcp.settled()).toBe(`cmd=2&uid=${U}&topic=led002&msg=off\r\n`);
  });

  it('says what cannot be said', async () => {
    const cloud = await emulate();
    expect(await say(cloud, 'nosuch', 'on')).toMatchObject({ code: 'bemfa-topic-missing' });
    expect(await say(cloud, 'led002', 'on')).toMatchObject({ code: 'bemfa-device-offline' });
    expect(await say(cloud, 'led002')).toMatchObject({ code: 'bemfa-bad-parameters' });
  });

  it('is deaf to web pages and to other names of this machine', async () => {
    const cloud = await emulate();
    const status = async (headers: Record<string, string>): Promise<number | undefined> => {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const port = cloud.ports.http ?? 0;
      const outgoing = request({ port, host: '127.0.0.1', path: '/emulator/voice', method: 'POST', headers });
      outgoing.on('response', (response) => void text(response).then(() => resolve(response.statusCode)));
      outgoing.end('{"target":"led002","words":["on"]}');
      return promise;
    };
    expect(await status({ ...json, origin: 'http://evil.example' })).toBe(403);
    expect(await status({ ...json, host: 'evil.example' })).toBe(421);
    expect(await status({ ...json, 'x-forwarded-for': '10.0.0.1' })).toBe(403);
    expect(await status({ 'content-type': 'text/plain' })).toBe(415);
    expect(await status(json)).toBe(409);
  });

  const json = { 'content-type': 'application/json' };
});
