// What the translation of one automation knows and gathers: entities, variables, and a remark for each thing that has no
// counterpart or was guessed, with its place in the file.
import { formatDuration, parseDuration } from '../../base/index.ts';
import { Untranslatable } from '../../expression/index.ts';
import { type Entity, type EntityMapping, entityOf } from './entity.ts';
import { type AutomationNames, condition, text } from './jinja.ts';

export type Path = readonly (string | number)[];
export type Entry = Readonly<Record<string, unknown>>;

export interface Remark {
  readonly path: Path;
  readonly kind: 'untranslated' | 'guessed' | 'note';
  readonly text: string;
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Ids separated by commas are a list too. */
export function entityIds(value: unknown): string[] {
  return listOf(value).flatMap((each) =>
    String(each)
      .split(',')
      .map((id) => id.trim()),
  );
}

export class Context implements AutomationNames {
  readonly remarks: Remark[] = [];
  readonly variables = new Set<string>();
  readonly triggers: Entity[] = [];
  /** Scenes that the automation makes itself. */
  readonly scenes = new Set<string>();
  readonly #mappings: ReadonlyMap<string, EntityMapping>;
  readonly #guessed = new Set<string>();
  #path: Path = [];

  constructor(mappings: ReadonlyMap<string, EntityMapping>) {
    this.#mappings = mappings;
  }

  /** What stands at this path of the file, or undefined with a remark when something in it has no counterpart. */
  at<Made>(path: Path, make: () => Made): Made | undefined {
    const outer = this.#path;
    this.#path = path;
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      this.remark('untranslated', error.message);
      return undefined;
    } finally {
      this.#path = outer;
    }
  }

  remark(kind: Remark['kind'], words: string, path: Path = this.#path): void {
    this.remarks.push({ path, kind, text: words });
  }

  entity(id: string): Entity {
    const entity = entityOf(id, this.#mappings.get(id));
    if (entity.guess !== undefined && !this.#guessed.has(id)) {
      this.#guessed.add(id);
      this.remark('guessed', `${id} is taken for ${entity.guess}`);
    }
    return entity;
  }

  /** `when` of anything that holds a condition. */
  condition(template: unknown): string {
    return condition(String(template), this);
  }

  /** Any value with templates in it. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return text(value, this);
    if (Array.isArray(value)) return value.map((each) => this.value(each));
    if (!isEntry(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.value(each)]));
  }

  /** `00:05:00`, seconds, `{ minutes: 5 }` or a template. */
  duration(value: unknown): string | number {
    if (typeof value === 'number') return value;
    if (typeof value === 'string') return value.includes('{{') ? text(value, this) : clockDuration(value);
    if (!isEntry(value)) throw new Untranslatable('this is no duration');
    const ms = Object.entries(value).reduce((sum, [unit, count]) => sum + unitMs(unit) * Number(count), 0);
    if (!Number.isFinite(ms)) throw new Untranslatable('a duration of templates has no counterpart');
    return formatDuration(ms);
  }

  /** Says what of an entry nobody has looked at. */
  leftOver(entry: Entry, known: readonly string[]): void {
    for (const key of Object.keys(entry)) {
      if (!known.includes(key))
        this.remark('untranslated', `"${key}" has no counterpart here`, [...this.#path, key]);
    }
  }
}

const units: Readonly<Record<string, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
};

function unitMs(unit: string): number {
  return Object.hasOwn(units, unit) ? (units[unit] ?? Number.NaN) : Number.NaN;
}

/** `HH:MM`, `HH:MM:SS` or seconds; may be negative. */
function clockDuration(value: string): string {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(value.trim()) ?? [];
  const parts = rest.split(':').map(Number);
  if (parts.length > 3 || parts.some((part) => !Number.isFinite(part)))
    throw new Untranslatable(`"${value}" is no duration`);
  const [hours = 0, minutes = 0, seconds = 0] = parts.length === 1 ? [0, 0, parts[0]] : parts;
  const text = formatDuration(((hours * 60 + minutes) * 60 + seconds) * 1000);
  parseDuration(text);
  return sign === '-' ? `-${text}` : text;
}
