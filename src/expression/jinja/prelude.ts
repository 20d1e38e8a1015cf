// Functions that a translated template begins with when it needs them: what Python does where JSONata does otherwise.

const definitions = {
  /** As Python prints it. */
  text: {
    needs: [],
    code: `function($v) { $type($v) = "boolean" ? ($v ? "True" : "False") : $v = null ? "None" : $type($v) in ["array", "object"] ? $error("a list or an object has no text here") : $string($v) }`,
  },
  /** A number, or what looks like one; else the second argument. Of what is missing there is none. */
  float: {
    needs: [],
    code: `function($v, $else) { $type($v) in ["number", "boolean"] ? $number($v) : $type($v) = "string" and $contains($v, /^\\s*[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?\\s*$/) ? $number($replace($replace($trim($v), /^\\+/, ""), /^(-?)0+([0-9])/, "$1$2")) : ($exists($v) ? $else) }`,
  },
  /** Cut off towards zero. */
  int: {
    needs: ['float'],
    code: `function($v, $else) { ($n := $py_float($v); $exists($n) ? ($n < 0 ? $ceil($n) : $floor($n)) : ($exists($v) ? $else)) }`,
  },
  /** What is at an index of a list or a text, or under a key of an object. */
  item: {
    needs: [],
    code: `function($c, $k) { $type($c) = "object" ? $lookup($c, $string($k)) : ($type($k) = "number" ? ($type($c) = "array" ? $c[$k] : ($type($c) = "string" ? ($k < $length($c) ? $substring($c, $k, 1))))) }`,
  },
  /** Whether a list holds it, a text contains it or an object has such a key. */
  holds: {
    needs: [],
    code: `function($c, $v) { $type($c) = "object" ? $exists($lookup($c, $string($v))) : $type($c) = "string" ? $contains($c, $v) : $type($c) = "array" or $not($exists($c)) ? $v in $c : $error("this holds nothing") }`,
  },
  size: {
    needs: [],
    code: `function($v) { $type($v) = "string" ? $length($v) : $type($v) = "object" ? $count($keys($v)) : $count($v) }`,
  },
  json: {
    needs: [],
    code: `function($v) { $type($v) = "string" ? ($s := $string([$v]); $substring($s, 1, $length($s) - 2)) : $v = null ? "null" : $string($v) }`,
  },
  title: {
    needs: [],
    code: `function($v) { $uppercase($substring($v, 0, 1)) & $lowercase($substring($v, 1)) }`,
  },
} as const satisfies Readonly<Record<string, { needs: readonly string[]; code: string }>>;

export type PreludeName = keyof typeof definitions;

const order: readonly PreludeName[] = ['text', 'float', 'int', 'item', 'holds', 'size', 'json', 'title'];

/** The definitions that these need, each before its use. */
export function preludeOf(used: ReadonlySet<PreludeName>): readonly string[] {
  const isNeeded = (name: PreludeName): boolean =>
    used.has(name) || [...used].some((user) => definitions[user].needs.some((need) => need === name));
  return order.filter(isNeeded).map((name) => `$${preludeName(name)} := ${definitions[name].code}`);
}

/** Apart from the variables of templates and the functions of JSONata. */
export function preludeName(name: PreludeName): string {
  return `py_${name}`;
}
