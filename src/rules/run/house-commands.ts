// What happens to devices and variables inside a decision: a message that they hear, a person's command. What follows
// (a device that came, the messages of a command) is decided behind the present input.
import type {
  Author,
  DeviceNews,
  DevicePresence,
  Registry,
  TopicStates,
  Variables,
} from '../../devices/index.ts';
import type { HomeView } from '../../expression/index.ts';
import { type CommandInput, inputOrigins, type Source } from '../input.ts';
import type { TopicEvent } from '../triggers/kind.ts';
import type { Outlet } from './outlet.ts';

/** The devices, as the engine drives them. */
export type EngineDevices = Pick<Registry, 'hear' | 'change'>;

export interface HouseCommandsHouse {
  readonly devices: EngineDevices | undefined;
  readonly home: HomeView;
  readonly variables: Variables;
  readonly states: Pick<TopicStates, 'attribute'>;
  readonly outlet: Outlet;
}

const none: readonly DeviceNews[] = [];

type Command = CommandInput['command'];
export type HouseCommand = Extract<Command, { readonly do: 'set' | 'device' | 'variable' }>;

export function isHouseCommand(command: Command): command is HouseCommand {
  return command.do === 'set' || command.do === 'device' || command.do === 'variable';
}

/** What leads to something else, and when. */
type Lead = Source & Pick<CommandInput, 'at'>;

export class HouseCommands {
  readonly #house: HouseCommandsHouse;

  constructor(house: HouseCommandsHouse) {
    this.#house = house;
  }

  /** The message as it counts: a device's report that answers a command has the origin of that command. */
  // hot: test/bench/engine.ts
  hear(event: Omit<TopicEvent, 'devices'>): TopicEvent {
    const { update, input, payload } = event;
    const heard = this.#house.devices?.hear(update, input);
    if (heard === undefined) return { input, payload, update, devices: none };
    const { presences, devices, commandedBy } = heard;
    if (presences.length > 0) this.#tell(presences, input);
    const known = { input, payload, update, devices };
    return commandedBy === undefined ? known : this.#attributed(known, commandedBy);
  }

  #attributed(event: TopicEvent, author: Author): TopicEvent {
    const { input, update } = event;
    const origin = inputOrigins.find((each) => each === author.origin);
    if (origin === undefined) return event;
    const from = { origin, by: author.id };
    const state = this.#house.states.attribute(update.state, from);
    return { ...event, input: { ...input, ...from }, update: { ...update, state } };
  }

  /** Checked before it became an input; what went wrong since is thrown. Gives what it changed of devices. */
  obey(command: HouseCommand, input: CommandInput): readonly DeviceNews[] {
    const { devices, home, variables, outlet } = this.#house;
    const { at, by, origin = 'api', depth = 0, cause } = input;
    const from = { at, origin, by, depth, ...(cause !== undefined && { cause }) };
    switch (command.do) {
      case 'set': {
        const { do: _do, device, ...wish } = command;
        const messages = home.commandsFor(device, wish)?.commands ?? [];
        for (const message of messages) outlet.send(message, from);
        return [];
      }
      case 'device': {
        const news = devices?.change(command.change, at, by);
        this.#tell(news?.presences ?? [], from);
        return news?.devices ?? [];
      }
      case 'variable': {
        const { name, value } = command;
        variables.set({ name, value, at, by });
        const message = { topic: `homerule/var/${name}`, payload: value, qos: 1, retain: true } as const;
        outlet.send(message, from);
        return [];
      }
    }
  }

  #tell(presences: readonly DevicePresence[], { at, origin, by, depth, cause }: Lead): void {
    for (const { device: name, value } of presences) {
      const signal = { kind: 'signal', signal: 'device', name, value, at, origin, by, depth } as const;
      this.#house.outlet.push(cause === undefined ? signal : { ...signal, cause });
    }
  }
}
