// Stands between the bytes of one connection and the parser: lets whole, correct packets through, in the buffers they
// came in, and nothing else. Knows nothing of aedes.
import { reasons, type WireFault } from './fault.ts';
import { maxConnectBytes } from './limits.ts';
import type { PacketCheck, PacketPlace } from './packet-check.ts';
import {
  badLength,
  firstByteFault,
  incomplete,
  lengthSize,
  openingFault,
  packetType,
  remainingLength,
} from './packet-header.ts';
import { PartialPacket } from './partial-packet.ts';
import type { SessionFacts } from './session-facts.ts';

export interface WireGuardOptions {
  readonly check: PacketCheck;
  /** Largest packet, header included. */
  readonly packetBytes: number;
  readonly maxFilters: number;
  readonly heldFilters: () => Iterable<string>;
  /** Whole, correct packets; a view of what was fed, but for a packet that came in pieces. */
  readonly deliver: (bytes: Buffer) => void;
  /** The CONNECT is correct and about to be delivered. */
  readonly onConnect: (facts: Readonly<SessionFacts>) => void;
  readonly onPacket: (type: number) => void;
  /** Called once; whatever comes afterwards is dropped. A stranger has not got past its CONNECT. */
  readonly refuse: (fault: WireFault, isStranger: boolean) => void;
}

/**
 * `waiting`: the CONNECT was delivered and is not answered yet; what follows is kept as it came. `ended`: refused, or the
 * client said DISCONNECT.
 */
type Phase = 'new' | 'waiting' | 'open' | 'ended';

export class WireGuard {
  readonly facts: SessionFacts;
  readonly #options: WireGuardOptions;
  #phase: Phase = 'new';
  #partial: PartialPacket | undefined;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #fault: WireFault | undefined;

  constructor(options: WireGuardOptions) {
    this.#options = options;
    this.facts = {
      version: 0,
      keepalive: 0,
      willQos: 0,
      sessionExpiry: 0,
      filters: undefined,
      maxFilters: options.maxFilters,
      heldFilters: options.heldFilters,
    };
  }

  get isWaiting(): boolean {
    return this.#phase === 'waiting';
  }

  /** hot: once per read of a socket; guarded by the broker benchmark. */
  feed(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#phase !== 'ended') {
      if (this.#phase === 'waiting') return this.#keep(at === 0 ? chunk : chunk.subarray(at));
      at = this.#partial === undefined ? this.#pass(chunk, at) : this.#complete(this.#partial, chunk, at);
    }
  }

  /** The CONNECT was accepted: on with what came behind it. */
  resume(): void {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'open';
    const kept = this.#kept;
    this.#kept = [];
    this.#keptBytes = 0;
    for (const chunk of kept) this.feed(chunk);
  }

  /** Nothing more is let through. */
  end(): void {
    this.#phase = 'ended';
    this.#partial = undefined;
    this.#kept = [];
  }

  /** Lets the packets from `at` on through; returns where to go on. */
  #pass(chunk: Buffer, at: number): number {
    const end = this.#scan(chunk, at);
    if (end > at) this.#options.deliver(at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end));
    if (this.#fault !== undefined) {
      this.#refuse(this.#fault);
      return chunk.length;
    }
    // CONNECT and DISCONNECT stop the scan, too; else what is left is the beginning of a packet.
    const isWanted = this.#phase === 'new' || this.#phase === 'open';
    return end < chunk.length && isWanted ? this.#cutOff(chunk, end) : end;
  }

  #cutOff(chunk: Buffer, at: number): number {
    this.#partial = new PartialPacket();
    return at + this.#partial.take(chunk, at);
  }

  #complete(partial: PartialPacket, chunk: Buffer, at: number): number {
    const taken = partial.take(chunk, at);
    const { bytes } = partial;
    const end = this.#scan(bytes, 0);
    if (end > 0) {
      this.#partial = undefined;
      this.#options.deliver(bytes);
    }
    if (this.#fault !== undefined) this.#refuse(this.#fault);
    return at + taken;
  }

  /** Checks packet after packet; returns the end of the last good one and leaves a fault in `#fault`. */
  #scan(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      const first = bytes[at] ?? 0;
      const length = remainingLength(bytes, at + 1, bytes.length);
      this.#fault = this.#headerFault(first, length);
      if (this.#fault !== undefined || length === incomplete) return at;
      const bodyAt = at + 1 + lengthSize(length);
      const end = bodyAt + length;
      if (end > bytes.length) return at;
      if (!this.#admits({ bytes, first, bodyAt, end })) return at;
      at = end;
      if (this.#phase !== 'open') return at;
    }
    return at;
  }

  #admits(place: PacketPlace): boolean {
    this.#fault = this.#options.check.fault(place, this.facts);
    if (this.#fault !== undefined) return false;
    const type = place.first >> 4;
    this.#options.onPacket(type);
    if (type === packetType.connect) {
      this.#phase = 'waiting';
      this.#options.onConnect(this.facts);
    } else if (type === packetType.disconnect) this.#phase = 'ended';
    return true;
  }

  #headerFault(first: number, length: number): WireFault | undefined {
    const isNew = this.#phase === 'new';
    const fault = isNew ? openingFault(first) : firstByteFault(first);
    if (fault !== undefined) return fault;
    if (length === badLength)
      return { reasonCode: reasons.malformed, text: 'bad remaining length', isSilent: true };
    const { packetBytes } = this.#options;
    const limit = isNew ? Math.min(packetBytes, maxConnectBytes) : packetBytes;
    if (1 + lengthSize(length) + length <= limit) return undefined;
    return { reasonCode: reasons.packetTooLarge, text: `a packet of ${length} bytes`, isSilent: true };
  }

  #keep(chunk: Buffer): void {
    this.#keptBytes += chunk.length;
    if (this.#keptBytes <= this.#options.packetBytes) this.#kept.push(chunk);
    else this.#refuse({ reasonCode: reasons.quotaExceeded, text: 'too much before the CONNACK' });
  }

  #refuse(fault: WireFault): void {
    const isStranger = this.#phase === 'new';
    this.end();
    this.#options.refuse(fault, isStranger);
  }
}
