import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { MemoryBus } from './bus.ts';
import { Home } from './home.ts';

const hour = 3_600_000;
/** A local midnight, wherever the test runs. */
const midnight = new Date(2026, 2, 10).getTime();

function furnished(startHour: number, seed = 1) {
  const clock = new VirtualClock(midnight + startHour * hour);
  const bus = new MemoryBus();
  const home = new Home({ clock, bus, seed });
  home.start();
  const payloads = (topic: string): string[] =>
    bus.said.filter((message) => message.topic === topic).map(({ payload }) => payload);
  const objects = (topic: string): Record<string, unknown>[] =>
    payloads(topic).map((text) => JSON.parse(text));
  const numbers = (topic: string, name: string): number[] =>
    objects(topic).map((object) => Number(object[name]));
  return { clock, bus, home, payloads, objects, numbers };
}

describe('the simulated home', () => {
  it('has a dozen devices, each under a topic of its own, that all speak at once', () => {
    const { home, bus } = furnished(12);
    const topics = home.devices.map(({ topic }) => topic);
    expect(new Set(topics).size).toBe(12);
    expect(new Set(bus.said.map(({ topic }) => topic))).toEqual(new Set(topics));
  });

  it('says the same with the same seed, and something else with another', () => {
    const day = (seed: number) => {
      const { clock, bus } = furnished(6, seed);
      clock.advance(12 * hour);
      return bus.said;
    };
    const first = day(7);
    expect(first.length).toBeGreaterThan(2000);
    expect(day(7)).toEqual(first);
    expect(day(8)).not.toEqual(first);
  });

  it('stays within what a home can be for two days', () => {
    const { clock, numbers, payloads } = furnished(0);
    clock.advance(48 * hour);
    for (const room of ['living-room', 'kitchen', 'bedroom']) {
      const celsius = numbers(`home/${room}/temperature`, 'celsius');
      expect(Math.min(...celsius)).toBeGreaterThan(10);
      expect(Math.max(...celsius)).toBeLessThan(32);
      expect(Math.max(...celsius) - Math.min(...celsius)).toBeGreaterThan(0.5);
      const humidity = numbers(`home/${room}/temperature`, 'humidity');
      expect(Math.min(...humidity)).toBeGreaterThan(25);
      expect(Math.max(...humidity)).toBeLessThan(75);
      const battery = numbers(`home/${room}/temperature`, 'battery');
      expect(battery.every((percent) => percent > 50 && percent <= 100)).toBe(true);
    }
    const lux = payloads('home/hallway/lux').map(Number);
    expect(Math.min(...lux)).toBe(0);
    expect(Math.max(...lux)).toBeGreaterThan(80);
  });

  it.each(['hallway', 'living-room'])('has a light in %s that obeys and reports', (room) => {
    const { clock, bus, objects } = furnished(1);
    const topic = `home/${room}/light`;
    const tell = (payload: string): unknown => {
      bus.publish(`${topic}/set`, payload);
      clock.advance(300);
      return objects(topic).at(-1);
    };
    expect(tell('{"state":"ON","brightness":40}')).toEqual({ state: 'ON', brightness: 40 });
    expect(tell('OFF')).toEqual({ state: 'OFF', brightness: 40 });
    expect(tell('{"brightness":500}')).toEqual({ state: 'ON', brightness: 100 });
    expect(tell('nonsense')).toEqual({ state: 'ON', brightness: 100 });
  });

  it('sees its own lamps in the hallway at night', () => {
    const { clock, bus, payloads } = furnished(1);
    expect(payloads('home/hallway/lux').at(-1)).toBe('0');
    bus.publish('home/hallway/light/set', 'ON');
    clock.advance(10_000);
    expect(Number(payloads('home/hallway/lux').at(-1))).toBeGreaterThan(150);
  });

  it('has a fan that takes ON and OFF, and cools', () => {
    const warm = furnished(14);
    const cool = furnished(14);
    cool.bus.publish('home/kitchen/fan/set', 'ON');
    for (const { clock } of [warm, cool]) clock.advance(2 * hour);
    expect(cool.payloads('home/kitchen/fan')).toEqual(['OFF', 'ON']);
    const last = ({ numbers }: typeof warm) =>
      numbers('home/kitchen/temperature', 'celsius').at(-1) ?? Number.NaN;
    expect(last(cool)).toBeLessThan(last(warm) - 1);
    cool.bus.publish('home/kitchen/fan/set', 'OFF');
    cool.clock.advance(500);
    expect(cool.payloads('home/kitchen/fan').at(-1)).toBe('OFF');
  });

  it('notices people, and that they are gone a minute later', () => {
    const { clock, objects } = furnished(9);
    clock.advance(3 * hour);
    const occupancy = objects('home/hallway/motion').map((object) => object['occupancy']);
    expect(occupancy.length).toBeGreaterThan(10);
    expect(occupancy.slice(0, 3)).toEqual([false, true, false]);
    expect(occupancy.every((value, index) => value === (index % 2 === 1))).toBe(true);
  });

  it('opens its door and closes it', () => {
    const { clock, objects } = furnished(8);
    clock.advance(10 * hour);
    const contacts = objects('home/hallway/door').map((object) => object['contact']);
    expect(contacts.length).toBeGreaterThan(4);
    expect(contacts.slice(0, 3)).toEqual([true, false, true]);
  });

  it('washes: standby, heating, spinning, standby', () => {
    const { clock, numbers } = furnished(8);
    clock.advance(12 * hour);
    const power = numbers('home/bathroom/washer', 'power');
    const heating = power.findIndex((watts) => watts > 1800);
    const spinning = power.findIndex((watts, index) => index > heating && watts > 300 && watts < 600);
    const rest = power.findIndex((watts, index) => index > spinning && watts < 2);
    expect(heating).toBeGreaterThan(0);
    expect(spinning).toBeGreaterThan(heating);
    expect(rest).toBeGreaterThan(spinning);
    const energy = numbers('home/bathroom/washer', 'energy');
    expect(energy.at(-1)).toBeGreaterThan(0.5);
  });

  it('heats towards the set point and back', () => {
    const { clock, bus, objects, numbers } = furnished(0);
    bus.publish('home/living-room/valve/set', '{"setpoint":24}');
    expect(objects('home/living-room/valve').at(-1)).toMatchObject({ setpoint: 24, position: 100 });
    clock.advance(6 * hour);
    expect(numbers('home/living-room/temperature', 'celsius').at(-1)).toBeGreaterThan(22.5);
    bus.publish('home/living-room/valve/set', '{"setpoint":10}');
    expect(objects('home/living-room/valve').at(-1)).toMatchObject({ setpoint: 10, position: 0 });
  });

  it('is silent once stopped', () => {
    const { clock, bus, home } = furnished(12);
    clock.advance(hour);
    home.stop();
    const before = bus.said.length;
    bus.publish('home/kitchen/fan/set', 'ON');
    clock.advance(24 * hour);
    expect(bus.said.length).toBe(before + 1);
  });
});
