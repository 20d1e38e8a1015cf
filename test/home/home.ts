// The simulated home: five rooms, a dozen devices, one resident; with neighbours of other makes where they are wanted.
import type { Clock, Undo } from '../../src/base/index.ts';
import type { Bus } from './bus.ts';
import { again, type Device, type Place } from './device.ts';
import { Television, Washer } from './devices/appliances.ts';
import { BemfaLight } from './devices/bemfa-light.ts';
import { ClimateSensor } from './devices/climate-sensor.ts';
import { DimmableLight } from './devices/dimmable-light.ts';
import { DoorContact } from './devices/door-contact.ts';
import { Fan } from './devices/fan.ts';
import { HomieSensor } from './devices/homie-sensor.ts';
import { LuxSensor } from './devices/lux-sensor.ts';
import { MotionSensor } from './devices/motion-sensor.ts';
import { Phone } from './devices/phone.ts';
import { Plug } from './devices/plug.ts';
import { ThermostatValve } from './devices/thermostat-valve.ts';
import { ZigbeeSensors } from './devices/zigbee-sensors.ts';
import { Chance } from './random.ts';
import { Resident } from './resident.ts';
import { Room } from './room.ts';

export interface HomeOptions {
  readonly clock: Clock;
  readonly bus: Bus;
  readonly seed: number;
  /** Beside the dozen, devices that speak as other firmware does: Bemfa, Homie, a Zigbee bridge, a phone. */
  readonly isMixed?: boolean;
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
  const devices: Device[] = [
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
  if (options.isMixed === true)
    devices.push(
      new BemfaLight(at(living, 'bemfa')),
      new HomieSensor(at(living, 'homie')),
      new ZigbeeSensors(at(bathroom, 'zigbee')),
      new Phone(at(hallway, 'phone')),
    );
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
