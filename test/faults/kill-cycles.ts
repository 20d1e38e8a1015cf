// A house that is killed again and again while it is busy, and what was promised meanwhile.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { startHouse, type TestHouse } from '../support/house.ts';
import { Link } from './link.ts';
import { Publisher } from './publisher.ts';
import { Dice } from './random.ts';
import { readStamp } from './stamp.ts';
import { Subscriber } from './subscriber.ts';
import { type Figures, judgeDelivery, judgeEffects, noFigures } from './verdict.ts';

/** One rule with one effect for each message; nothing of it may be lost, and nothing done twice in silence. */
const echoRule = `id: echo
mode: parallel
triggers: [{ message: faults/heard }]
actions:
  - publish: faults-echo
    payload: "{{ payload }}"
    qos: 2
`;
const settings = 'rules: { breaker: { runs: 0 } }\n';

/** A session keeps 1,000 messages, and one subscriber is absent until the kill: five publishers send fewer than that. */
const flood = 180;
const longestLifeMs = 500;
const tickMs = 4;
const perTick = 2;
const drainMs = 20_000;

export interface Outcome extends Figures {
  readonly rounds: number;
  readonly faults: readonly string[];
  /** Milliseconds from the start of the process to its readiness. */
  readonly startMs: readonly number[];
}

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly onRound?: (round: number, faults: number) => void;
}

export class KillCycles {
  readonly #options: KillOptions;
  readonly #dice: Dice;
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'homerule-faults-'));
  readonly #publishers: readonly Publisher[];
  readonly #retained: Publisher;
  readonly #heard: Publisher;
  readonly #subscribers: readonly Subscriber[];
  readonly #echo = new Subscriber('echo-listener', 'faults-echo');
  readonly #faults: string[] = [];
  readonly #startMs: number[] = [];
  #house: TestHouse | undefined;

  constructor(options: KillOptions) {
    this.#options = options;
    const dice = new Dice(options.seed);
    this.#dice = dice;
    this.#heard = new Publisher({ id: 'heard', topic: 'faults/heard', qos: 1, dice });
    this.#retained = new Publisher({ id: 'kept', topic: 'faults/kept', qos: 1, retain: true, dice });
    this.#publishers = [
      new Publisher({ id: 'one', topic: 'faults/one', qos: 1, dice }),
      new Publisher({ id: 'two', topic: 'faults/two', qos: 2, dice }),
      new Publisher({ id: 'three', topic: 'faults/three', qos: 2, dice }),
      this.#heard,
      this.#retained,
    ];
    this.#subscribers = ['steady', 'restless', 'absent'].map((id) => new Subscriber(id, 'faults/#'));
  }

  async run(): Promise<Outcome> {
    writeFileSync(join(this.#dataDir, 'homerule.yaml'), settings);
    const { kills, onRound } = this.#options;
    let rounds = 0;
    try {
      await this.#start();
      await this.#introduce();
      while (rounds < kills) {
        await this.#round();
        rounds++;
        onRound?.(rounds, this.#faults.length);
      }
    } catch (error) {
      this.#faults.push(`round ${rounds + 1}: ${error instanceof Error ? error.message : String(error)}`);
      this.#faults.push(this.#house?.output().slice(-2000) ?? '');
    } finally {
      await this.#house?.kill();
      for (const one of this.#everyone()) await one.cut();
      rmSync(this.#dataDir, { recursive: true, force: true });
    }
    return this.#outcome(rounds);
  }

  /** Busy, dead, alive, drained, compared. */
  async #round(): Promise<void> {
    const dice = this.#dice;
    const isFlood = dice.next() < 0.5;
    const killed = pause(dice.between(5, isFlood ? 80 : longestLifeMs));
    const restless = this.#comeAndGo(killed);
    if (isFlood) for (const publisher of this.#publishers) publisher.burst(flood);
    else void this.#trickle(killed);
    await killed;
    await this.#house?.kill();
    await restless;
    for (const publisher of this.#publishers) publisher.pause();
    for (const one of this.#everyone()) await one.cut();
    this.#checkFile();
    await this.#start();
    await this.#drain();
    await this.#checkRetained();
    const figures = this.#figures();
    const bad = figures.lost + figures.duplicated + figures.disordered + figures.missingEffects;
    if (bad + figures.unmarkedEffects > 0) throw new Error(JSON.stringify(figures));
  }

  async #start(): Promise<void> {
    const begun = performance.now();
    this.#house = await startHouse({ dataDir: this.#dataDir });
    this.#startMs.push(performance.now() - begun);
  }

  async #introduce(): Promise<void> {
    const answer = await fetch(`${this.#house?.url}/api/v1/rules/echo`, {
      method: 'PUT',
      headers: { 'content-type': 'text/yaml' },
      body: echoRule,
    });
    if (!answer.ok) throw new Error(`the rule was refused: ${await answer.text()}`);
    for (const one of this.#everyone()) await one.connect(this.#port);
  }

  /** A few messages at a time, so that some are always under way. */
  async #trickle(killed: Promise<void>): Promise<void> {
    let isOver = false;
    void killed.then(() => {
      isOver = true;
    });
    while (!isOver) {
      for (const publisher of this.#publishers) publisher.burst(this.#dice.between(0, perTick));
      await pause(tickMs);
    }
  }

  /** One subscriber stays away, one comes and goes, until the kill. */
  async #comeAndGo(killed: Promise<void>): Promise<void> {
    const [, restless, absent] = this.#subscribers;
    let isOver = false;
    void killed.then(() => {
      isOver = true;
    });
    await absent?.cut();
    while (!isOver) {
      await restless?.cut();
      await pause(this.#dice.between(1, 60));
      // Killed meanwhile: nobody answers.
      if (!isOver) await restless?.connect(this.#port).catch(() => undefined);
      await pause(this.#dice.between(1, 60));
    }
  }

  /** Everyone comes back, what is under way is sent again, and everything acknowledged arrives. */
  async #drain(): Promise<void> {
    for (const publisher of this.#publishers) await publisher.connect(this.#port);
    for (const subscriber of [...this.#subscribers, this.#echo]) await subscriber.connect(this.#port);
    const isComplete = ({ receipts }: Subscriber, publishers: readonly Publisher[]): boolean => {
      const seen = new Set(receipts.map(({ publisher, seq }) => `${publisher} ${seq}`));
      return publishers.every(({ options, acked }) =>
        [...acked].every((seq) => seen.has(`${options.id} ${seq}`)),
      );
    };
    for (const publisher of this.#publishers) {
      await publisher.done(drainMs).catch(() => {
        throw new Error(`${publisher.options.id} was not answered`);
      });
    }
    for (const one of this.#subscribers) {
      await one.until(() => isComplete(one, this.#publishers), drainMs).catch(() => undefined);
    }
    await this.#echo.until(() => isComplete(this.#echo, [this.#heard]), drainMs).catch(() => undefined);
    for (const one of [...this.#subscribers, this.#echo]) await one.settled();
  }

  /** On a copy: the house itself is to mend what the kill left. */
  #checkFile(): void {
    const copyDir = join(this.#dataDir, 'copy');
    mkdirSync(copyDir, { recursive: true });
    for (const name of ['homerule.db', 'homerule.db-wal']) {
      const from = join(this.#dataDir, name);
      if (existsSync(from)) copyFileSync(from, join(copyDir, name));
    }
    const db = new Sqlite(join(copyDir, 'homerule.db'));
    const verdict: unknown = db.pragma('integrity_check', { simple: true });
    db.close();
    rmSync(copyDir, { recursive: true });
    if (verdict !== 'ok') throw new Error(`integrity_check says ${String(verdict)}`);
  }

  /** The retained message is the last acknowledged one, or one that was sent after it. */
  async #checkRetained(): Promise<void> {
    const { lastAcked, lastSent } = this.#retained;
    if (lastAcked === 0) return;
    const kept = await new Promise<string>((resolve, reject) => {
      const onPacket = (packet: { cmd: string; payload?: unknown }): void => {
        if (packet.cmd === 'publish') resolve(String(packet.payload));
      };
      Link.open({ port: this.#port, id: 'looker', isClean: true, onPacket }).then(({ link }) => {
        link.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'faults/kept', qos: 0 }] });
        setTimeout(
          () => void link.cut().then(() => reject(new Error('nothing is retained'))),
          drainMs,
        ).unref();
      }, reject);
    });
    const seq = readStamp(kept)?.seq ?? 0;
    if (seq < lastAcked || seq > lastSent) {
      throw new Error(`retained is ${seq}, acknowledged was ${lastAcked}, sent ${lastSent}`);
    }
  }

  get #port(): number {
    return this.#house?.mqttPort ?? 0;
  }

  #everyone(): (Publisher | Subscriber)[] {
    return [...this.#publishers, ...this.#subscribers, this.#echo];
  }

  #figures(): Figures {
    const figures = noFigures();
    for (const publisher of this.#publishers) {
      figures.acked += publisher.acked.size;
      for (const subscriber of this.#subscribers) judgeDelivery(figures, publisher, subscriber);
    }
    judgeEffects(figures, this.#heard, this.#echo);
    return figures;
  }

  #outcome(rounds: number): Outcome {
    const faults = [...this.#faults, ...this.#everyone().flatMap((one) => one.faults)];
    return { ...this.#figures(), rounds, faults, startMs: this.#startMs };
  }
}
