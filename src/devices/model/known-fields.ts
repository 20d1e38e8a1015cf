// What a value is about when all that is known of it is its name, as firmware in English and Chinese writes it. Only
// names that mean one thing; units are said only of values that are plausible in them.
import type { PropertyKind } from './description.ts';
import { propertyIdOf } from './names.ts';

export interface KnownField {
  /** Of the property. */
  readonly id: string;
  readonly kind: PropertyKind;
  readonly role?: string;
  readonly unit?: string;
  /** Values outside are not in this unit. */
  readonly plausible?: readonly [min: number, max: number];
  readonly category?: 'diagnostic';
}

type Facts = Omit<KnownField, 'id'> & { readonly names?: readonly string[] };

const amount = (unit: string, plausible: readonly [number, number], ...names: string[]): Facts => ({
  kind: 'number',
  unit,
  plausible,
  names,
});
const fact = (role: string, ...names: string[]): Facts => ({ kind: 'boolean', role, names });

const percent = [0, 100] as const;
const anything = [0, Number.MAX_VALUE] as const;

const facts: Readonly<Record<string, Facts>> = {
  on: { kind: 'boolean', names: ['power_state', 'state', 'switch', 'relay', 'onoff', 'on_off', '开关'] },
  temperature: {
    role: 'temperature',
    ...amount('°C', [-80, 150], 'temp', 'tempc', 'celsius', '温度', '室温'),
  },
  target_temperature: {
    role: 'temperature',
    ...amount(
      '°C',
      [0, 60],
      'setpoint',
      'target_temp',
      'occupied_heating_setpoint',
      'current_heating_setpoint',
      '目标温度',
      '设定温度',
    ),
  },
  humidity: { role: 'humidity', ...amount('%', percent, 'hum', 'relative_humidity', '湿度') },
  soil_moisture: { role: 'moisture', ...amount('%', percent, '土壤湿度') },
  battery: {
    role: 'battery',
    ...amount('%', percent, 'batt', 'battery_level', 'battery_percent', 'battery_percentage', '电量', '电池'),
  },
  battery_low: { ...fact('battery', 'low_battery', '低电量'), category: 'diagnostic' },
  illuminance: {
    role: 'illuminance',
    ...amount('lx', [0, 200_000], 'illuminance_lux', 'lux', 'illumination', '照度', '光照', '光照度'),
  },
  pressure: { role: 'pressure', ...amount('hPa', [300, 1200], 'barometer', '气压') },
  power: { role: 'power', ...amount('W', [-100_000, 100_000], 'watt', 'watts', 'active_power', '功率') },
  energy: { role: 'energy', ...amount('kWh', anything, 'total_energy', 'kwh', '电能', '用电量') },
  voltage: { role: 'voltage', ...amount('V', [0, 500], '电压') },
  current: { role: 'current', ...amount('A', [-200, 200], '电流') },
  frequency: { role: 'frequency', ...amount('Hz', [40, 70]) },
  co2: { role: 'carbon_dioxide', ...amount('ppm', [0, 50_000], 'carbon_dioxide', '二氧化碳') },
  pm25: { role: 'pm25', ...amount('µg/m³', [0, 5000], 'pm2_5') },
  pm10: { role: 'pm10', ...amount('µg/m³', [0, 5000]) },
  formaldehyde: { ...amount('mg/m³', [0, 100], 'formaldehyd', 'hcho', '甲醛') },
  position: amount('%', percent, '开度'),
  wind_speed: { role: 'wind_speed', ...amount('m/s', percent, '风速') },
  occupancy: fact('occupancy', 'occupied', '有人'),
  presence: fact('presence', 'present'),
  motion: fact('motion', 'pir', '移动', '人体'),
  contact: { kind: 'boolean', names: ['门磁'] },
  water_leak: fact('moisture', 'waterleak', 'leak', '漏水', '水浸'),
  smoke: fact('smoke', '烟雾'),
  gas: fact('gas', '燃气'),
  vibration: fact('vibration', '震动'),
  tamper: { ...fact('tamper', '防拆'), category: 'diagnostic' },
  linkquality: { kind: 'number', names: ['link_quality', 'lqi'], category: 'diagnostic' },
  rssi: { role: 'signal_strength', ...amount('dBm', [-150, 20], 'wifi_signal'), category: 'diagnostic' },
};

function indexOf(entries: Readonly<Record<string, Facts>>): ReadonlyMap<string, KnownField> {
  const index = new Map<string, KnownField>();
  for (const [id, { names = [], ...known }] of Object.entries(entries)) {
    for (const name of [id, ...names]) index.set(name, { id, ...known });
  }
  return index;
}

const known = indexOf(facts);

/** By a name as it was written: "Temperature", "battery-level", "温度". */
export function findKnownField(name: string): KnownField | undefined {
  return known.get(propertyIdOf(name));
}

/** Whether some of the values between two may be in its unit; one odd reading does not take the unit away. */
export function isPlausible(field: KnownField, least: number, most: number): boolean {
  const [min, max] = field.plausible ?? [-Infinity, Infinity];
  return most >= min && least <= max;
}
