// What bytes mean, in and out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePayload, Payload } from '../../src/devices/index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('incoming', () => {
  test.each<[string, unknown]>([
    ['1417', 1417],
    ['0417', '0417'],
    ['-1.5e3', -1500],
    ['on', 'on'],
    ['"on"', 'on'],
    ['true', true],
    ['True', 'True'],
    ['null', null],
    ['nul', 'nul'],
    ['{"a":[1]}', { a: [1] }],
    [' {"a":1}\n', { a: 1 }],
    ['{"a":1', '{"a":1'],
    ['NaN', 'NaN'],
    ['[1,2', '[1,2'],
    ['客厅', '客厅'],
    ['12:30', '12:30'],
    ['', undefined],
  ])('%j is %j', (text, value) => {
    expect(new Payload(bytes(text)).value).toEqual(value);
    expect(new Payload(bytes(text)).raw).toBe(text);
  });

  test('bytes that are no UTF-8 are shown in base64', () => {
    const payload = new Payload(Uint8Array.of(0xff, 0xfe, 0));
    expect(payload.value).toEqual({ $binary: '//4A' });
    expect(payload.raw).toBe('//4A');
  });

  test('a key that would change the prototype is a key', () => {
    const { value } = new Payload(bytes('{"__proto__":{"polluted":true}}'));
    expect(Object.getOwnPropertyNames(value)).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('what is kept holds on to nothing bigger than itself', () => {
    const buffer = Buffer.alloc(65_536, 'x');
    const payload = new Payload(buffer.subarray(10, 20));
    payload.detach();
    expect(payload.bytes.buffer.byteLength).toBe(10);
    expect(payload.raw).toBe('xxxxxxxxxx');
  });
});

describe('outgoing', () => {
  test.each<[unknown, string]>([
    ['ON', 'ON'],
    ['"ON"', '"ON"'],
    [5, '5'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
    [{ state: 'ON' }, '{"state":"ON"}'],
    [[1, 'a'], '[1,"a"]'],
    [{ $binary: '//4A' }, '\u00ff\u00fe\u0000'],
    [{ $binary: '//4A', more: 1 }, '{"$binary":"//4A","more":1}'],
  ])('%j is sent as %j', (value, text) => {
    expect(Buffer.from(encodePayload(value)).toString('latin1')).toBe(text);
  });

  test('JSON values come back as they went, when they are not text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(typeof value !== 'string' && value !== null);
        const back = new Payload(encodePayload(value)).value;
        expect(JSON.stringify(back)).toBe(JSON.stringify(value));
      }),
    );
  });
});
