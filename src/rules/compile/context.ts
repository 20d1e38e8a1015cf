// What a kind gets to compile its part of a document: names in scope, where to report, and the shared compilers.
import type { z } from 'zod';
import { issueParams, nearest, type SchemaIssue } from '../../base/index.ts';
import type { Place } from '../../devices/index.ts';
import type { FunctionLookup, Watched } from '../../expression/index.ts';
import type { NameTable } from '../model/names.ts';
import { durationAt } from '../model/overdue.ts';
import { type Finding, type Findings, pathOf } from '../model/problem.ts';
import { type Condition, compileCondition } from './condition.ts';
import {
  compileText,
  compileValue,
  type PlacedExpression,
  type TextContext,
  type ValueNode,
} from './text.ts';
import type { Touch } from './touches.ts';

/** Settings of the house that compiled rules depend on. */
export interface HomeSettings {
  /** IANA name of the home's time zone. */
  readonly zone: string;
  /** Undefined when nobody said where the home is. */
  readonly place?: Place | undefined;
  /** Of expressions, offered by others than the house. */
  readonly functions?: FunctionLookup;
}

/** What is learned of a rule while it is compiled. */
interface Gathered {
  /** What the house must keep for the expressions. */
  readonly watched: Watched[];
  readonly touches: Touch[];
  readonly expressions: PlacedExpression[];
  /** Filters of its triggers and waits. */
  readonly filters: string[];
  readsDevices: boolean;
}

interface ContextParts {
  readonly names: NameTable;
  readonly findings: Findings;
  readonly home: HomeSettings;
  readonly gathered?: Gathered;
  readonly past?: TextContext['past'];
}

export class CompileContext {
  readonly names: NameTable;
  readonly findings: Findings;
  readonly home: HomeSettings;
  readonly #gathered: Gathered;
  readonly #text: TextContext;

  constructor({ names, findings, home, gathered, past }: ContextParts) {
    this.names = names;
    this.findings = findings;
    this.home = home;
    this.#gathered = gathered ?? {
      ...{ watched: [], touches: [], expressions: [] },
      ...{ filters: [], readsDevices: false },
    };
    const { watched, expressions } = this.#gathered;
    const { functions } = home;
    this.#text = {
      ...{ names: names.names, findings, watched, placed: expressions },
      ...(past && { past }),
      ...(functions && { functions }),
    };
  }

  get watched(): Watched[] {
    return this.#gathered.watched;
  }

  get touches(): readonly Touch[] {
    return this.#gathered.touches;
  }

  /** What is listened to beside what expressions read. */
  get heard(): { readonly filters: readonly string[]; readonly readsDevices: boolean } {
    return this.#gathered;
  }

  hear(filter: string): void {
    this.#gathered.filters.push(filter);
  }

  /** Something depends on devices that is no expression. */
  readDevices(): void {
    this.#gathered.readsDevices = true;
  }

  /** The same for what may ask for the past. */
  withPast(): CompileContext {
    const { names, findings, home } = this;
    return new CompileContext({ names, findings, home, gathered: this.#gathered });
  }

  /** Says what an entry does to the house. */
  touch(touch: Touch): void {
    this.#gathered.touches.push(touch);
  }

  /** Hands out the expressions that were compiled since the last call. */
  takeExpressions(): readonly PlacedExpression[] {
    return this.#gathered.expressions.splice(0);
  }

  report(finding: Finding): undefined {
    this.findings.add(finding);
    return undefined;
  }

  text(value: string, path: string): ValueNode | undefined {
    return compileText(value, path, this.#text);
  }

  value(value: unknown, path: string): ValueNode | undefined {
    return compileValue(value, path, this.#text);
  }

  /** A value that may hold `$secret`: what is made of it must be neither traced nor kept. */
  valueWithSecrets(value: unknown, path: string): ValueNode | undefined {
    return compileValue(value, path, { ...this.#text, secrets: 'used' });
  }

  /** A value that leaves the house and is shown only as `concealed`: it may hold secrets. */
  outgoing(value: unknown, path: string): ValueNode | undefined {
    return compileValue(value, path, { ...this.#text, secrets: 'used' });
  }

  condition(value: unknown, path: string): Condition | undefined {
    return compileCondition(value, path, this.#text);
  }

  /** A duration that may be a template; a constant one is checked now. */
  duration(value: string | number, path: string): ValueNode | undefined {
    const node = this.value(value, path);
    if (node?.kind !== 'constant') return node;
    return durationAt(value, path, this) === undefined ? undefined : node;
  }

  /** Checks a part of the document against its schema; what is wrong becomes findings. */
  read<Doc>(
    schema: z.ZodType<Doc>,
    value: unknown,
    place: { readonly path: string; readonly keys: readonly string[] },
  ): Doc | undefined {
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) reportIssue(issue, place, this.findings);
    return undefined;
  }
}

function reportIssue(
  issue: SchemaIssue & { readonly keys?: readonly string[] },
  place: { readonly path: string; readonly keys: readonly string[] },
  findings: Findings,
): void {
  const path = pathOf(place.path, ...issue.path);
  if (issue.code !== 'unrecognized_keys') {
    const message = issue.message.replace(/^Invalid input: /, '');
    findings.add({ path, code: 'bad-value', message, params: issueParams(issue) });
    return;
  }
  for (const key of issue.keys ?? []) {
    if (findings.isFull) return;
    const meant = nearest(key, place.keys);
    findings.add({
      path: pathOf(path, key),
      isKey: true,
      code: 'unknown-key',
      message: `"${key}" is not known here; known: ${place.keys.join(', ')}`,
      params: { key, known: place.keys.join(', ') },
      ...(meant !== undefined && { suggestion: meant }),
    });
  }
}
