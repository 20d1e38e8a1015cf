// What stands below a node in the editor: the connection while there is none, else the last value and its time. At most
// two changes a second; the last one is always shown.
import type { Clock, Undo } from './clock.ts';
import type { LinkState } from './live-link.ts';

export interface Mark {
  readonly fill: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
  readonly shape: 'ring' | 'dot';
  readonly text: string;
}

const everyMs = 500;
const longestText = 40;

function clockText(at: number): string {
  const date = new Date(at);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

export function shortText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

export class StatusLine {
  readonly #clock: Clock;
  readonly #show: (mark: Mark) => void;
  /** Lost items of the engine. */
  readonly #lost: () => number;
  #link: LinkState = { phase: 'idle', reason: '' };
  #mark: Mark = { fill: 'green', shape: 'ring', text: '' };
  #shown = '';
  #disarm: Undo | undefined;

  constructor(options: { clock: Clock; show: (mark: Mark) => void; lost: () => number }) {
    this.#clock = options.clock;
    this.#show = options.show;
    this.#lost = options.lost;
  }

  linked(state: LinkState): void {
    this.#link = state;
    this.#arm();
  }

  value(value: unknown): void {
    this.set({ fill: 'green', shape: 'dot', text: `${shortText(value)} · ${clockText(this.#clock.now())}` });
  }

  failed(text: string): void {
    this.set({ fill: 'red', shape: 'dot', text: `${shortText(text)} · ${clockText(this.#clock.now())}` });
  }

  set(mark: Mark): void {
    this.#mark = mark;
    this.#arm();
  }

  close(): void {
    this.#disarm?.();
  }

  /** The first change is shown at once, those of the next half second together. */
  #arm(): void {
    if (this.#disarm !== undefined) return;
    this.#draw();
    this.#disarm = this.#clock.after(everyMs, () => {
      this.#disarm = undefined;
      if (this.#draw()) this.#arm();
    });
  }

  #draw(): boolean {
    const mark = this.#present();
    const text = JSON.stringify(mark);
    if (text === this.#shown) return false;
    this.#shown = text;
    this.#show(mark);
    return true;
  }

  #present(): Mark {
    const { phase, reason } = this.#link;
    if (phase !== 'connected')
      return { fill: 'yellow', shape: 'ring', text: reason === '' ? phase : shortText(reason) };
    const lost = this.#lost();
    return lost === 0 ? this.#mark : { ...this.#mark, text: `${this.#mark.text} (−${lost})` };
  }
}
