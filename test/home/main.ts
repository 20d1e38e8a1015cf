// `npm run home`: the simulated home on any broker.
import { parseArgs } from 'node:util';
import { type Bus, MqttBus } from './bus.ts';
import { Home } from './home.ts';
import { ScaledClock } from './scaled-clock.ts';

const usage = `npm run home -- [--broker mqtt://127.0.0.1:1883] [--seed N] [--speed N] [--quiet]

Five rooms and a dozen devices under home/<room>/<device>; lights, fan, plugs and the valve answer on …/set.
--seed   the same number gives the same days (default 1)
--speed  how much faster than the wall clock (default 1; 60 is an hour a minute)`;

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`--${name}: expected a number above 0, got "${text}"`);
}

function readFlags() {
  const { values } = parseArgs({
    options: {
      broker: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '1' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return { ...values, seed: numberOf('seed', values.seed), speed: numberOf('speed', values.speed) };
}

/** Prints what the home says and hears. */
function spoken(bus: Bus, say: (text: string) => void): Bus {
  return {
    publish: (topic, payload, isRetained) => {
      say(`${topic} ${payload}`);
      bus.publish(topic, payload, isRetained);
    },
    subscribe: (topic, hear) =>
      bus.subscribe(topic, (payload) => {
        say(`→ ${topic} ${payload}`);
        hear(payload);
      }),
  };
}

export interface RunningHome {
  stop(): Promise<void>;
}

export function runHome(flags: { broker: string; seed: number; speed: number; quiet: boolean }): RunningHome {
  const clock = new ScaledClock(flags.speed);
  const say = (text: string): void => {
    console.log(`${new Date(clock.now()).toTimeString().slice(0, 8)} ${text}`);
  };
  const bus = new MqttBus(flags.broker, say);
  const home = new Home({ clock, seed: flags.seed, bus: flags.quiet ? bus : spoken(bus, say) });
  home.start();
  return {
    stop: async () => {
      home.stop();
      await bus.stop();
    },
  };
}

function main(): void {
  const flags = readFlags();
  if (flags.help) {
    console.log(usage);
    return;
  }
  const home = runHome(flags);
  const stop = (): void => {
    home.stop().catch((error: unknown) => console.error(error));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
}
