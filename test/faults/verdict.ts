// Compares what was promised with what came.
import type { Publisher } from './publisher.ts';
import type { Receipt, Subscriber } from './subscriber.ts';

export interface Figures {
  acked: number;
  received: number;
  lost: number;
  /** QoS 2 messages that came more than once. */
  duplicated: number;
  disordered: number;
  effects: number;
  missingEffects: number;
  /** Effects that came again, and said so. */
  markedEffects: number;
  /** Effects that came again and did not say so. */
  unmarkedEffects: number;
}

export const noFigures = (): Figures => ({
  acked: 0,
  received: 0,
  lost: 0,
  duplicated: 0,
  disordered: 0,
  effects: 0,
  missingEffects: 0,
  markedEffects: 0,
  unmarkedEffects: 0,
});

const ofPublisher = (receipts: readonly Receipt[], { options }: Publisher): Receipt[] =>
  receipts.filter(({ publisher }) => publisher === options.id);

/** Acknowledged ⊆ received, QoS 2 once, first receipts in order. */
export function judgeDelivery(figures: Figures, publisher: Publisher, subscriber: Subscriber): void {
  const receipts = ofPublisher(subscriber.receipts, publisher);
  const seen = new Set<number>();
  let last = 0;
  for (const { seq } of receipts) {
    if (seen.has(seq)) {
      if (publisher.options.qos === 2) figures.duplicated++;
      continue;
    }
    seen.add(seq);
    if (seq < last) figures.disordered++;
    last = seq;
  }
  figures.received += receipts.length;
  for (const seq of publisher.acked) if (!seen.has(seq)) figures.lost++;
}

/** Every acknowledged message had its effect; a second one is marked, or its message was sent again by its publisher. */
export function judgeEffects(figures: Figures, publisher: Publisher, subscriber: Subscriber): void {
  const seen = new Set<number>();
  for (const { seq, isMarked } of ofPublisher(subscriber.receipts, publisher)) {
    figures.effects++;
    if (isMarked) figures.markedEffects++;
    else if (seen.has(seq) && !publisher.repeated.has(seq)) figures.unmarkedEffects++;
    seen.add(seq);
  }
  for (const seq of publisher.acked) if (!seen.has(seq)) figures.missingEffects++;
}
