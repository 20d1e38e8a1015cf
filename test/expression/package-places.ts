// The jsonata package writes the place of a call into its built-in functions, which all expressions of a process share: an
// error may carry the place of an expression that was evaluated before. What is compared with starts afresh.
import jsonata from 'jsonata';
import { functionTable } from '../../src/expression/functions/table.ts';

async function definitionOf(name: string): Promise<object[]> {
  const definition: unknown = await jsonata(`$${name}`).evaluate({});
  return typeof definition === 'object' && definition !== null ? [definition] : [];
}

const names = [
  ...functionTable.map(({ name }) => name),
  'eval',
  'formatNumber',
  'formatInteger',
  'parseInteger',
];
const definitions = (await Promise.all([...new Set(names)].map(definitionOf))).flat();

export function forgetPlaces(): void {
  for (const definition of definitions) Object.assign(definition, { token: undefined, position: undefined });
}
