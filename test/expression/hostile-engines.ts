// What other engines are asked to do: regular expressions, text that becomes code, pictures of numbers and instants.
import { bigText, type Hostile, repeated } from './hostile-case.ts';

const backtracking: readonly Hostile[] = [
  ...[
    '/^(a+)+$/',
    '/(a|aa)+$/',
    '/(a*)*b/',
    '/(.*)*x/',
    '/(x+x+)+y/',
    '/^(([a-z])+.)+[A-Z]([a-z])+$/',
    '/(?=(a+)+$)b/',
  ].map(
    (regex): Hostile => ({
      what: 'a regular expression that goes back without end',
      source: `$match(s, ${regex})`,
      input: () => ({ s: `${'a'.repeat(30)}!` }),
      ends: ['slow-regex'],
    }),
  ),
  ...['/a*a*b/', '/\\d+ C/', '/(a+)(a+)(a+)b/', '/^.*.*x$/', '/(\\w+\\s?)y/'].map(
    (regex): Hostile => ({
      what: 'a regular expression whose time grows by a power',
      source: `$match(s, ${regex})`,
      input: bigText,
      ends: ['text-too-long', 'slow-regex'],
    }),
  ),
  ...['/a*a*b/', '/x+y/', '/[^,]+,/', '/(x)/', '/./', '/^x/'].map(
    (regex): Hostile => ({
      what: 'a regular expression, again and again',
      source: `$map([1..9000], λ($n){$contains($$.s, ${regex})})`,
      input: () => ({ s: 'x'.repeat(4_000) }),
      ends: ['D1012', 'text-too-long', 'value'],
    }),
  ),
  {
    what: 'very many matches',
    source: '$count($match(s, /./))',
    input: bigText,
    ends: ['D1012', 'D2015', 'too-many-bytes'],
  },
  {
    what: '$split at every character',
    source: '$split(s, /x/)',
    input: bigText,
    ends: ['D1012', 'D2015', 'too-many-bytes'],
  },
  {
    what: '$replace of every character by very many',
    source: '$replace(s, /x/, $pad("", 1000, "y"))',
    input: bigText,
    ends: ['D1012', 'too-many-bytes'],
  },
  {
    what: '$replace by the match itself, very often',
    source: `$replace(s, /.+/, "${repeated('$0', 500)}")`,
    input: () => ({ s: 'x'.repeat(50_000) }),
    ends: ['too-many-bytes', 'D1012', 'text-too-long'],
  },
  {
    what: '$replace with a long replacement that is read again and again',
    source: '$replace(s, /x/, t)',
    input: () => ({ s: 'x'.repeat(5_000), t: '$'.repeat(2_000) }),
    ends: ['too-many-bytes', 'D1012'],
  },
  {
    what: 'a matcher that never ends',
    source:
      '($m := λ(){{"match": "x", "start": 0, "end": 1, "groups": [], "next": $m}}; $count($match("x", $m)))',
    ends: ['D1012', 'D2015', 'too-many-bytes'],
  },
  {
    what: 'a matcher that never ends, to $replace',
    source:
      '($m := λ(){{"match": "x", "start": 0, "end": 1, "groups": [], "next": $m}}; $replace("x", $m, "y"))',
    ends: ['D1012', 'D2015', 'too-many-bytes'],
  },
  {
    what: 'a very large repetition',
    source: '$match("a", /(a{1000}){1000}/)',
    ends: ['slow-regex', 'bad-regex'],
  },
  { what: 'very many groups', source: `$match("a", /${repeated('(a)?', 1_000)}/)`, ends: ['slow-regex'] },
];

const evaluated: readonly (readonly [inside: string, ends: readonly string[]])[] = [
  ['($f := function($x) { $f($x) + 1 }; $f(1))', ['D1011']],
  ['($f := function($x) { $f($x) }; $f(1))', ['D1012']],
  ['[1..9999999]', ['D2015']],
  ['$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', ['D3120']],
  ['$pad("x", 5e8)', ['too-many-bytes']],
  ['($d := λ($s, $n){$n = 0 ? $s : $d($s & $s, $n - 1)}; $d("xxxxxxxxxx", 24))', ['too-many-bytes']],
  ['$replace($pad("", 5000, "x"), "x", $pad("", 5000, "x"))', ['too-many-bytes']],
  ['$formatNumber(1, $pad("", 1e6, "0"))', ['too-many-bytes', 'D1012', 'D3121']],
];

const evals: readonly Hostile[] = [
  ...evaluated.map(
    ([inside, ends]): Hostile => ({
      what: 'the same within $eval',
      source: '$eval(s)',
      input: () => ({ s: inside }),
      ends,
    }),
  ),
  { what: '$eval of itself', source: '$eval(s)', input: () => ({ s: '$eval(s)' }), ends: ['D1011'] },
  {
    what: '$eval of itself by a function',
    source: '($f := λ($s){1 + $eval($s)}; $f(s))',
    input: () => ({ s: '1 + $f(s)' }),
    ends: ['D1011'],
  },
  { what: '$eval in a loop', source: '$map([1..9000], λ($n){$eval("1 + " & $n)})', ends: ['D1012'] },
  {
    what: '$eval of long text in a loop',
    source: '$map([1..9000], λ($n){$eval($$.s & $n)})',
    input: () => ({ s: `1${repeated(' + 1', 900)} + ` }),
    ends: ['D1012'],
  },
  { what: '$eval of too long a text', source: '$eval(s)', input: bigText, ends: ['D3120', 'D1012'] },
  {
    what: '$eval of ?? in front of ??',
    source: '$eval(s)',
    input: () => ({ s: `${repeated('(', 60)}a${repeated(' ?? b)', 60)}` }),
    ends: ['D3120'],
  },
  {
    what: '$eval of many brackets',
    source: '$eval(s)',
    input: () => ({ s: repeated('(', 4_000) + repeated(')', 4_000) }),
    ends: ['D3120'],
  },
  {
    what: '$eval of what only a prototype has',
    source: '$eval("constructor", {}) ? $error("found") : 1',
    ends: ['value'],
  },
];

const pictures: readonly Hostile[] = [
  {
    what: 'a picture of ten million digits',
    source: '$formatNumber(1, $pad("", 1e7, "0"))',
    ends: ['too-many-bytes', 'D1012'],
  },
  {
    what: 'a picture of a million digits',
    source: '$formatNumber(1, $pad("", 1e6, "0"))',
    ends: ['too-many-bytes', 'D1012', 'value', 'D3087'],
  },
  {
    what: 'a long picture, again and again',
    source: '$map([1..9000], λ($n){$formatNumber($n, $$.s)})',
    input: () => ({ s: '0'.repeat(100_000) }),
    ends: ['too-many-bytes', 'D1012'],
  },
  {
    what: 'a long picture of an integer, again and again',
    source: '$map([1..9000], λ($n){$formatInteger($n, $$.s)})',
    input: () => ({ s: `0${',000'.repeat(20_000)}` }),
    ends: ['too-many-bytes', 'D1012', 'value', 'D3130'],
  },
  {
    what: 'very many separators',
    source: '$map([1..9000], λ($n){$parseInteger($$.t, $$.s)})',
    input: () => ({ s: `0${'.'.repeat(20_000)}0`, t: '1'.repeat(20_000) }),
    ends: ['D1012'],
  },
  {
    what: 'the largest number in words',
    source: '$formatInteger(1.7e308, "w")',
    ends: ['value', 'D1012', 'D1001'],
  },
  {
    what: 'the largest number in Roman digits',
    source: '$formatInteger(1e300, "I")',
    ends: ['value', 'D1012', 'too-many-bytes', 'D1001', 'D3131'],
  },
  {
    what: 'a large number in Roman digits',
    source: '$formatInteger(1e9, "I")',
    ends: ['value', 'D1012', 'too-many-bytes', 'D1001', 'D3131'],
  },
  {
    what: 'very many words as an integer',
    source: '$parseInteger(s, "w")',
    input: () => ({ s: 'one thousand '.repeat(50_000) }),
    ends: ['D1012', 'D3030'],
  },
  {
    what: 'very many digits as an integer',
    source: '$parseInteger(s, "0")',
    input: () => ({ s: '1'.repeat(1_000_000) }),
    ends: ['value', 'D1012', 'text-too-long'],
  },
  ...[
    '$fromMillis(0, $$.s)',
    '$fromMillis(0, "[Y]", $$.s)',
    '$toMillis($$.t, "[Y]-[M]-[D]")',
    '$toMillis("2026", $$.s)',
    '$fromMillis(1e300, $$.s)',
    '$toMillis($$.t, $$.s)',
    '$parseInteger($$.t, $$.s)',
    '$formatInteger(1, $$.s)',
    '$formatNumber(1.5, "0.0", {"zero-digit": $$.s})',
    '$fromMillis($n, "[Y0001]-[MNn]-[FNn] [H#1]:[m]:[s] [PN] [z]")',
    '$formatInteger($n * 1e9, "w")',
  ].map(
    (call): Hostile => ({
      what: 'a picture, again and again',
      source: `$map([1..9000], λ($n){[${call}, 1][1]})`,
      input: () => ({ s: '[Y]'.repeat(5_000), t: '2026-01-'.repeat(5_000) }),
      ends: [
        'T0410',
        'slow-picture',
        'value',
        'D1012',
        'D1001',
        'too-many-bytes',
        'D3110',
        'D3132',
        'D3133',
        'D3134',
        'D3135',
        'D3136',
        'D3130',
        'D3131',
        'D3137',
        'D3140',
        'D3080',
        'D3085',
        'text-too-long',
        'D2015',
        'bad-picture',
      ],
    }),
  ),
  {
    what: 'a picture that becomes a bad regular expression',
    source: '$toMillis(s, t)',
    input: () => ({ s: 'a'.repeat(5_000), t: '[Yw][Mw][Dw][dw][Hw][hw][Pn][mw][sw]' }),
    ends: ['slow-picture'],
  },
  {
    what: 'very many fields in a picture',
    source: '$toMillis(s, t)',
    input: () => ({ s: '1'.repeat(2_000), t: '[Y][M][D]'.repeat(300) }),
    ends: ['D1001', 'slow-picture', 'D1012', 'D3110'],
  },
];

export const engines: readonly Hostile[] = [...backtracking, ...evals, ...pictures];
