// The one table of functions: what the compiler links, the editor completes and the README lists.
import { aggregateFunctions } from './aggregates.ts';
import { arrayFunctions } from './arrays.ts';
import { castFunctions } from './casts.ts';
import { clockFunctions } from './clock.ts';
import { dateFunctions } from './dates.ts';
import type { FunctionDefinition } from './definition.ts';
import { encodingFunctions } from './encoding.ts';
import { higherOrderFunctions } from './higher-order.ts';
import { historyFunctions } from './history.ts';
import { homeFunctions } from './home.ts';
import { numberFunctions } from './numbers.ts';
import { objectFunctions } from './objects.ts';
import { secretFunctions } from './secret.ts';
import { stringFunctions } from './strings.ts';

/** Those of the house, which JSONata does not have. */
export const ownFunctions: readonly FunctionDefinition[] = [
  ...homeFunctions,
  ...historyFunctions,
  ...clockFunctions,
  ...secretFunctions,
];

export const functionTable: readonly FunctionDefinition[] = [
  ...ownFunctions,
  ...castFunctions,
  ...stringFunctions,
  ...numberFunctions,
  ...aggregateFunctions,
  ...arrayFunctions,
  ...objectFunctions,
  ...higherOrderFunctions,
  ...dateFunctions,
  ...encodingFunctions,
];

const byName: ReadonlyMap<string, FunctionDefinition> = new Map(
  functionTable.map((definition) => [definition.name, definition]),
);

export function findFunction(name: string): FunctionDefinition | undefined {
  return byName.get(name);
}

export function functionNames(): Iterable<string> {
  return byName.keys();
}
