// Reads the fields of one packet in place. The first fault sticks and moves the end here, so that callers check once, at
// the end. Copies nothing but the texts that are asked for.
import { isUtf8 } from 'node:buffer';
import { type ReasonCode, type ReturnCode, reasons, type WireFault } from './fault.ts';

const nothing = Buffer.alloc(0);

export class PacketReader {
  bytes: Buffer = nothing;
  at = 0;
  end = 0;
  fault: WireFault | undefined;

  open(bytes: Buffer, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.fault = undefined;
  }

  /** Lets go of the bytes, so that a quiet connection keeps no buffer alive. */
  close(): void {
    this.bytes = nothing;
  }

  get left(): number {
    return this.end - this.at;
  }

  fail(reasonCode: ReasonCode, text: string, returnCode?: ReturnCode): void {
    this.fault ??= returnCode === undefined ? { reasonCode, text } : { reasonCode, text, returnCode };
    this.at = this.end;
  }

  byte(name: string): number {
    if (!this.#has(1, name)) return 0;
    return this.bytes[this.at++] ?? 0;
  }

  uint16(name: string): number {
    if (!this.#has(2, name)) return 0;
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  uint32(name: string): number {
    if (!this.#has(4, name)) return 0;
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  /** A variable byte integer, which must be as short as can be [MQTT-1.5.5-1]. */
  varint(name: string): number {
    let value = 0;
    for (let count = 0; count < 4; count++) {
      const byte = this.byte(name);
      value += (byte & 0x7f) * 0x80 ** count;
      if (byte >= 0x80) continue;
      if (byte === 0 && count > 0) this.fail(reasons.malformed, `${name} is not written minimally`);
      return value;
    }
    this.fail(reasons.malformed, `${name} is longer than four bytes`);
    return 0;
  }

  /** Passes over binary data; returns its size. */
  binary(name: string): number {
    const size = this.uint16(name);
    if (!this.#has(size, name)) return 0;
    this.at += size;
    return size;
  }

  /** Passes over a text after checking it [MQTT-1.5.4-1], [MQTT-1.5.4-2]. */
  checkText(name: string): void {
    const size = this.uint16(name);
    if (!this.#has(size, name)) return;
    const end = this.at + size;
    for (let at = this.at; at < end; at++) {
      const byte = this.bytes[at] ?? 0;
      if (byte === 0) return this.fail(reasons.malformed, `${name} holds a NUL character`);
      if (byte < 0x80) continue;
      if (isUtf8(this.bytes.subarray(at, end)) && !this.bytes.subarray(at, end).includes(0)) break;
      return this.fail(reasons.malformed, `${name} is not UTF-8 text without NUL`);
    }
    this.at = end;
  }

  /** A text, checked; empty after a fault. */
  text(name: string): string {
    const start = this.at + 2;
    this.checkText(name);
    return this.fault === undefined ? this.bytes.toString('utf8', start, this.at) : '';
  }

  expectEnd(): void {
    if (this.at !== this.end) this.fail(reasons.malformed, `${this.left} bytes too many`);
  }

  #has(count: number, name: string): boolean {
    if (this.end - this.at >= count) return true;
    this.fail(reasons.malformed, `${name} is cut short`);
    return false;
  }
}
