// Sensors of a Tasmota device: `tasmota/discovery/MAC/sensors` holds one telemetry message as it will come, whose numbers
// are the properties.
import type { PropertyDescription } from '../../model/description.ts';
import { propertyIdOf } from '../../model/names.ts';
import { isEntry } from '../home-assistant/abbreviations.ts';
import { numberOf } from '../home-assistant/words.ts';
import { type TasmotaConfig, topicOf } from './config.ts';

interface Quantity {
  readonly role: string;
  readonly unit?: string;
  /** Where it differs from the role. */
  readonly id?: string;
}

const quantities: Readonly<Record<string, Quantity>> = {
  Humidity: { role: 'humidity', unit: '%' },
  Illuminance: { role: 'illuminance', unit: 'lx' },
  Distance: { role: 'distance', unit: 'cm' },
  CarbonDioxide: { role: 'carbon_dioxide', unit: 'ppm' },
  Power: { role: 'power', unit: 'W' },
  ApparentPower: { role: 'apparent_power', unit: 'VA' },
  ReactivePower: { role: 'reactive_power', unit: 'var' },
  Factor: { role: 'power_factor' },
  Voltage: { role: 'voltage', unit: 'V' },
  Current: { role: 'current', unit: 'A' },
  Frequency: { role: 'frequency', unit: 'Hz' },
  Total: { role: 'energy', unit: 'kWh' },
  Today: { role: 'energy', unit: 'kWh', id: 'energy_today' },
  Yesterday: { role: 'energy', unit: 'kWh', id: 'energy_yesterday' },
  Battery: { role: 'battery', unit: '%' },
  'PM2.5': { role: 'pm25', unit: 'µg/m³' },
  PM10: { role: 'pm10', unit: 'µg/m³' },
};

type Tree = Readonly<Record<string, unknown>>;

function quantityOf(key: string, units: Tree): Quantity | undefined {
  const temperature = units['TempUnit'] === 'F' ? '°F' : '°C';
  if (key === 'Temperature') return { role: 'temperature', unit: temperature };
  if (key === 'DewPoint') return { role: 'temperature', unit: temperature, id: 'dew_point' };
  const pressure = units['PressureUnit'];
  if (key === 'Pressure' || key === 'SeaPressure')
    return {
      role: 'pressure',
      unit: typeof pressure === 'string' ? pressure : 'hPa',
      ...(key === 'SeaPressure' && { id: 'sea_pressure' }),
    };
  return Object.hasOwn(quantities, key) ? quantities[key] : undefined;
}

interface Place {
  readonly sensor: string;
  readonly key: string;
  /** Of several phases. */
  readonly index?: number;
}

function placesOf(tree: Tree): Place[] {
  return Object.entries(tree).flatMap(([sensor, fields]) => {
    if (!isEntry(fields)) return [];
    return Object.entries(fields).flatMap(([key, value]): Place[] => {
      if (typeof value === 'number') return [{ sensor, key }];
      if (!Array.isArray(value)) return [];
      return value.flatMap((each, index) => (typeof each === 'number' ? [{ sensor, key, index }] : []));
    });
  });
}

function readAt(payload: unknown, { sensor, key, index }: Place): unknown {
  const fields = isEntry(payload) ? payload[sensor] : undefined;
  const value = isEntry(fields) ? fields[key] : undefined;
  if (value === null) return null;
  return index === undefined ? numberOf(value) : Array.isArray(value) ? numberOf(value[index]) : undefined;
}

/** The first sensor of a quantity has its plain name, others are called after themselves. */
export function sensorsOf(config: TasmotaConfig, tree: Tree): PropertyDescription[] {
  const topic = topicOf(config, 2, 'SENSOR');
  const taken = new Set<string>();
  return placesOf(tree).flatMap((place): PropertyDescription[] => {
    const { sensor, key, index } = place;
    const quantity = quantityOf(key, tree);
    const phase = index === undefined ? '' : `_${index + 1}`;
    const plain = (quantity?.id ?? quantity?.role ?? propertyIdOf(key)) + phase;
    const id = taken.has(plain) ? `${plain}_${propertyIdOf(sensor)}` : plain;
    if (id === '' || taken.has(id)) return [];
    taken.add(id);
    return [
      {
        id,
        name: `${sensor} ${key}${phase.replace('_', ' ')}`,
        kind: 'number',
        ...(quantity && { role: quantity.role }),
        ...(quantity?.unit !== undefined && { unit: quantity.unit }),
        reports: [{ topic, read: ({ payload }) => readAt(payload, place) }],
      },
    ];
  });
}
