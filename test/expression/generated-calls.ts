// Random calls of every function of the language, with arguments of all types and in all numbers, right and wrong.
import fc from 'fast-check';

const texts = fc.constantFrom(
  ...[
    '""',
    '"a"',
    '"on"',
    '"a,b,,c"',
    '"  a  b "',
    '"12"',
    '"-1.5e2"',
    '"0x1f"',
    '"客厅"',
    '"😀a"',
    '"aGk="',
  ],
  ...['"a%20b"', '"%"', '"2026-01-05T12:30:45.000Z"', '"2026-01-05"', '"12:30"', '"a.b.c"', '"AbC"'],
);
const numbers = fc.constantFrom(
  ...[
    '0',
    '1',
    '-1',
    '2',
    '3',
    '7',
    '0.5',
    '1.5',
    '2.5',
    '-2.5',
    '12345.678',
    '1e10',
    '1e21',
    '1e-7',
    '36',
    '255',
  ],
  ...['1510067557121', '(1/0)', '(0/0)'],
);
const lists = fc.constantFrom(
  ...['[]', '[1]', '[3, 1, 2]', '["b", "a"]', '[1, "a"]', '[[1], [2, 3]]', '[{"a": 1}, {"a": 2, "b": 3}]'],
  ...['[true, false]', '[null]', '[1, [2, [3]]]', '[1..5]', '["1", "2"]', '[{}]', '[$sum]'],
);
const objects = fc.constantFrom(
  '{}',
  '{"a": 1}',
  '{"a": {"b": [1, 2]}, "c": "x"}',
  '{"b": 1, "a": 2, "1": 3}',
);
const functions = fc.constantFrom(
  ...[
    '$sum',
    '$string',
    '$uppercase',
    'function($v) { $v }',
    'function($v, $i) { $i }',
    'λ($a, $b) { $a > $b }',
  ],
  ...[
    'λ($a, $b, $c, $d) { $a & $b & $c & $d }',
    'λ() { 1 }',
    'λ($s)<s:s> { $s & "!" }',
    'λ($n)<n-:n> { $n + 1 }',
  ],
  ...['λ($a, $b)<a<n>s?:x> { [$a, $b] }', '$append(?, 1)', '$not', '$number ~> $string', '$map'],
);
const patterns = fc.constantFrom(
  '"a"',
  '","',
  '""',
  '" "',
  '/a/',
  '/[a-z]/i',
  '/(.)\\d/',
  '/,+/',
  '/x*/',
  '/(a)|(b)/',
);
const templates = fc.constantFrom(
  ...['""', '"x"', '"<$0>"', '"$1$2$$"', '"$12"', 'λ($m) { $m.match & "!" }', 'λ($m) { $m.start }'],
);
const numberPictures = fc.constantFrom(
  ...[
    '"0"',
    '"#,##0.00"',
    '"0.0e0"',
    '"00%"',
    '"#"',
    '"w"',
    '"Ww;o"',
    '"I"',
    '"a"',
    '"A"',
    '"#,##0;(0)"',
    '"1"',
    '"٠"',
  ],
  ...['"0;o"', '"x"', '"#.#"', '"000,00"'],
);
const integerPictures = fc.constantFrom(
  ...[
    '"0"',
    '"000"',
    '"#,##0"',
    '"w"',
    '"Ww;o"',
    '"W"',
    '"I"',
    '"i"',
    '"a"',
    '"A"',
    '"1"',
    '"٠"',
    '"0;o"',
    '"x"',
    '"#"',
  ],
);
const datePictures = fc.constantFrom(
  ...[
    '"[Y]-[M01]-[D01]"',
    '"[H01]:[m01]:[s01].[f001]"',
    '"[FNn], [D1o] [MNn] [Y]"',
    '"[h]:[m] [P]"',
    '"[X]-W[W]-[F]"',
  ],
  ...['"[Y0001]-[M]-[D]T[H]:[m]:[s][Z]"', '"[YI]"', '"[Yw]"', '"[Y"', '"[q]"', '"[z]"', '"[dwo] [Y]"', '""'],
);
const codes = fc.constantFrom(
  ...[
    '"1 + 2"',
    '"a"',
    '"$"',
    '"b.c"',
    '"("',
    '"$uppercase(1)"',
    '"[1, 2]"',
    '"$x"',
    '"{\\"a\\": $}"',
    '""',
    '"a[0]"',
  ],
);
const options = fc.constantFrom(
  '{}',
  '{"decimal-separator": ","}',
  '{"zero-digit": "٠"}',
  '{"percent": "pc"}',
);
const zones = fc.constantFrom('"+0100"', '"-0500"', '"0000"', '"Z"', '"x"');

const paths = fc.constantFrom(
  'a',
  'b.c',
  'a[0]',
  '$',
  'missing',
  'a.b',
  '*',
  '**',
  'c[]',
  '$x',
  'a.$string()',
);
const others = fc.constantFrom('true', 'false', 'null');

const argument = fc.oneof(
  { arbitrary: texts, weight: 5 },
  { arbitrary: numbers, weight: 5 },
  { arbitrary: lists, weight: 4 },
  { arbitrary: objects, weight: 2 },
  { arbitrary: functions, weight: 2 },
  { arbitrary: paths, weight: 4 },
  { arbitrary: others, weight: 2 },
);

/** What fits each parameter, by name; anything else comes by chance. */
const fitting: Readonly<Record<string, readonly fc.Arbitrary<string>[]>> = {
  string: [argument, others],
  number: [texts],
  boolean: [argument],
  not: [argument],
  exists: [argument],
  type: [argument],
  error: [texts],
  assert: [others, texts],
  substring: [texts, numbers, numbers],
  substringBefore: [texts, texts],
  substringAfter: [texts, texts],
  lowercase: [texts],
  uppercase: [texts],
  length: [texts],
  trim: [texts],
  pad: [texts, numbers, texts],
  contains: [texts, patterns],
  split: [texts, patterns, numbers],
  join: [lists, texts],
  replace: [texts, patterns, templates, numbers],
  base64encode: [texts],
  base64decode: [texts],
  encodeUrlComponent: [texts],
  encodeUrl: [texts],
  decodeUrlComponent: [texts],
  decodeUrl: [texts],
  abs: [numbers],
  floor: [numbers],
  ceil: [numbers],
  round: [numbers, numbers],
  power: [numbers, numbers],
  sqrt: [numbers],
  formatBase: [numbers, numbers],
  sum: [lists],
  max: [lists],
  min: [lists],
  average: [lists],
  count: [lists],
  append: [argument, argument],
  sort: [lists, functions],
  reverse: [lists],
  distinct: [lists],
  zip: [lists, lists, lists],
  keys: [objects],
  lookup: [objects, texts],
  spread: [objects],
  merge: [lists],
  sift: [objects, functions],
  each: [objects, functions],
  map: [lists, functions],
  filter: [lists, functions],
  single: [lists, functions],
  reduce: [lists, functions, argument],
  toMillis: [texts, datePictures],
  fromMillis: [numbers, datePictures, zones],
  formatNumber: [numbers, numberPictures, options],
  formatInteger: [numbers, integerPictures],
  parseInteger: [texts, integerPictures],
  eval: [codes, objects],
  clone: [objects],
  match: [texts, patterns, numbers],
};

const names = fc.constantFrom(...Object.keys(fitting));

/** Now and then one argument too few or too many, or of any type. */
function argumentsOf(name: string): fc.Arbitrary<string> {
  const wanted = fitting[name] ?? [];
  const right = fc.tuple(
    ...wanted.map((one) => fc.oneof({ arbitrary: one, weight: 6 }, { arbitrary: argument, weight: 1 })),
  );
  const some = fc
    .tuple(right, fc.nat(wanted.length))
    .map(([list, count]) => list.slice(0, Math.max(1, count)));
  const any = fc.array(argument, { maxLength: 4 });
  return fc
    .oneof({ arbitrary: right, weight: 4 }, { arbitrary: some, weight: 3 }, { arbitrary: any, weight: 1 })
    .map((list) => list.join(', '));
}

const call = names.chain((name) => argumentsOf(name).map((args) => `$${name}(${args})`));

const step = fc
  .tuple(argument, names, argument)
  .map(([value, name, other]) => [
    `${value}.$${name}()`,
    `${value} ~> $${name}`,
    `${value} ~> $${name}(${other})`,
    `$${name}(${other}).a`,
    `[${value}, ${other}].$${name}($)`,
    `${value}[$${name}($)]`,
    `${value}.($x := $; $${name}($x, ${other}))`,
    `$map(${value}, $${name})`,
    `$reduce(${value}, $${name})`,
    `(${value} ~> $${name}) & ${other}`,
    `($f := $${name}; $f(${value}, ${other}))`,
    `($${name} := λ($v) { $v }; $${name}(${value}))`,
    `${value} in $${name}(${other})`,
    `{"k": $${name}(${value})}.k`,
    `true and $${name}(${value})`,
    `$${name}($${name}(${value}))`,
  ]);

const placed = step.chain((forms) => fc.constantFrom(...forms));

export const functionCalls = fc.oneof(
  { arbitrary: call, weight: 3 },
  { arbitrary: placed, weight: 2 },
  { arbitrary: fc.tuple(call, call).map(([a, b]) => `${a} = ${b}`), weight: 1 },
  { arbitrary: fc.tuple(call, call).map(([a, b]) => `${a} & ${b}`), weight: 1 },
  { arbitrary: fc.tuple(call, call).map(([a, b]) => `$exists(${a}) ? ${a} : ${b}`), weight: 1 },
);
