// Where conditions stand in a document: those of the rule, and the questions among its actions. Groups are places of their
// own, as are their members.
interface Place {
  readonly path: string;
  readonly value: unknown;
}

const deepest = 12;

function membersOf(value: unknown, path: string): readonly Place[] {
  if (Array.isArray(value)) return value.map((each, index) => ({ value: each, path: `${path}[${index}]` }));
  return value === undefined || value === null ? [] : [{ value, path }];
}

function conditionPlaces(value: unknown, path: string, depth = 0): Place[] {
  if (typeof value !== 'object' || value === null) return [{ value, path }];
  if (depth > deepest) return [];
  const [key, ...more] = Object.keys(value);
  if (Array.isArray(value) || key === undefined || more.length > 0) return [];
  const members = membersOf(Reflect.get(value, key), `${path}.${key}`);
  return [{ value, path }, ...members.flatMap((each) => conditionPlaces(each.value, each.path, depth + 1))];
}

/** `if` and what is inside of it; loops and waits are looked at while they run. */
function questionPlaces(value: unknown, path: string, depth = 0): Place[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  if (Array.isArray(value))
    return value.flatMap((each, index) => questionPlaces(each, `${path}[${index}]`, depth + 1));
  return Object.entries(value).flatMap(([key, inside]) =>
    key === 'if'
      ? conditionPlaces(inside, `${path}.if`)
      : questionPlaces(inside, `${path}.${key}`, depth + 1),
  );
}

export function conditionsIn(document: object): readonly Place[] {
  const conditions = membersOf(Reflect.get(document, 'conditions'), 'conditions');
  return [
    ...conditions.flatMap(({ value, path }) => conditionPlaces(value, path)),
    ...questionPlaces(Reflect.get(document, 'actions'), 'actions'),
  ];
}
