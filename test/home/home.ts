// The simulated home: five rooms, a dozen devices, one resident.
import type { Clock, Undo } from '../../src/base/index.ts';
import type { Bus } from './bus.ts';
import { again, type Device, type Place } from './device.ts';
import { Television, Washer } from './devices/appliances.ts';
import { ClimateSensor } from './devices/climate-sensor.ts';
import { DimmableLight } from './devices/dimmable-light.ts';
import { DoorContact } from './devices/door-contact.ts';
import { Fan } from './devices/fan.ts';
import { LuxSensor } from './devices/lux-sensor.ts';
import { MotionSensor } from './devices/motion-sensor.ts';
import { Plug } from './devices/plug.ts';
import { ThermostatValve } from './devices/thermostat-valve.ts';
import { Chance } from './random.ts';
import { Resident } from './resident.ts';
import { Room } from './room.ts';

export interface HomeOptions {
  readonly clock: Clock;
  readonly bus: Bus;
  readonly seed: number;
}

const physicsSeconds = 10;

function furnish(options: HomeOptions, resident: Resident): { rooms: Room[]; devices: Device[] } {
  const { clock, bus, seed } = options;
  const hallway = new Room('hallway', 0.004, 19.5);
  const living = new Room('living-room', 0.03, 20.5);
  const kitchen = new Room('kitchen', 0.02, 21);
  const bedroom = new Room('bedroom', 0.02, 19);
  const bathroom = new Room('bathroom', 0.01, 21.5);
  const chance = (room: Room, name: string): Chance => new Chance(seed, `${room.name}/${name}`);
  const at = (room: Room, name: string): Place => ({
    room,
    clock,
    bus,
    resident,
    chance: chance(room, name),
  });
  const devices = [
    new MotionSensor(at(hallway, 'motion')),
    new LuxSensor(at(hallway, 'lux')),
    new DimmableLight(at(hallway, 'light')),
    new DoorContact(at(hallway, 'door')),
    new ClimateSensor(at(living, 'temperature')),
    new DimmableLight(at(living, 'light')),
    new ThermostatValve(at(living, 'valve')),
    new Plug(at(living, 'tv'), 'tv', new Television(chance(living, 'television'))),
    new ClimateSensor(at(kitchen, 'temperature')),
    new Fan(at(kitchen, 'fan')),
    new ClimateSensor(at(bedroom, 'temperature')),
    new Plug(at(bathroom, 'washer'), 'washer', new Washer(chance(bathroom, 'machine'))),
  ];
  return { rooms: [hallway, living, kitchen, bedroom, bathroom], devices };
}

export class Home {
  readonly devices: readonly Device[];
  readonly #rooms: readonly Room[];
  readonly #resident: Resident;
  readonly #clock: Clock;
  #undo: Undo = () => undefined;

  constructor(options: HomeOptions) {
    this.#clock = options.clock;
    this.#resident = new Resident(options.clock, new Chance(options.seed, 'resident'));
    const { rooms, devices } = furnish(options, this.#resident);
    this.#rooms = rooms;
    this.devices = devices;
  }

  start(): void {
    this.#undo = again(
      this.#clock,
      () => physicsSeconds * 1000,
      () => {
        for (const room of this.#rooms) room.step(this.#clock.now(), physicsSeconds);
      },
    );
    for (const device of this.devices) device.start();
    this.#resident.start();
  }

  stop(): void {
    this.#resident.stop();
    for (const device of this.devices) device.stop();
    this.#undo();
  }
}
