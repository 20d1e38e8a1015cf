// Recursion, tail calls and functions that are made of functions.
import { type Hostile, inArrays, longChain, nested, repeated } from './hostile-case.ts';

export const recursion: readonly Hostile[] = [
  { what: 'recursion', source: '($f := function($x) { $f($x) + 1 }; $f(1))', ends: ['D1011'] },
  {
    what: 'recursion of two',
    source: '($f := λ($n){1 + $g($n)}; $g := λ($n){1 + $f($n)}; $f(0))',
    ends: ['D1011'],
  },
  { what: 'recursion through $map', source: '($f := λ($n){$map([$n], $f)}; $f(0))', ends: ['D1011'] },
  { what: 'recursion through a path', source: '($f := λ($n){[1].($f($n))}; $f(0))', ends: ['D1011'] },
  { what: 'recursion through a filter', source: '($f := λ($n){[1][$f($n)]}; $f(0))', ends: ['D1011'] },
  { what: 'recursion through sorting', source: '($f := λ($n){[2, 1]^($f($n))}; $f(0))', ends: ['D1011'] },
  { what: 'recursion through grouping', source: '($f := λ($n){[1]{"a": $f($n)}}; $f(0))', ends: ['D1011'] },
  { what: 'recursion through ~>', source: '($f := λ($n){$n ~> $f}; $f(0))', ends: ['D1011', 'D1012'] },
  {
    what: 'recursion through $sort',
    source: '($f := λ($l, $r){$sort([2, 1], $f)}; $sort([2, 1], $f))',
    ends: ['D1011'],
  },
  {
    what: 'recursion through $reduce',
    source: '($f := λ($l, $r){$reduce([2, 1], $f)}; $f(1, 1))',
    ends: ['D1011', 'D1012'],
  },
  { what: 'recursion through $each', source: '($f := λ($v){$each({"a": $v}, $f)}; $f(1))', ends: ['D1011'] },
  { what: 'recursion through $sift', source: '($f := λ($v){$sift({"a": $v}, $f)}; $f(1))', ends: ['D1011'] },
  { what: 'the Y combinator', source: '(λ($x){1 + $x($x)})(λ($x){1 + $x($x)})', ends: ['D1011'] },
  { what: 'a tail loop', source: '($f := function($x) { $f($x) }; $f(1))', ends: ['D1012'] },
  { what: 'a tail loop of two', source: '($f := λ(){$g()}; $g := λ(){$f()}; $f())', ends: ['D1012'] },
  { what: 'a tail loop that grows', source: '($f := λ($s){$f($s & $s)}; $f("x"))', ends: ['too-many-bytes'] },
  {
    what: 'a tail loop that grows a list',
    source: '($f := λ($s){$f($append($s, $s))}; $f([1]))',
    ends: ['D2015', 'D1012'],
  },
  {
    what: 'a tail loop with a long body',
    source: `($f := λ($a){(${longChain}; $f($a))}; $f(1))`,
    input: () => ({ a: 1 }),
    ends: ['D1012'],
  },
  {
    what: 'a chain of many functions',
    source: '($g := $reduce([1..5000], λ($o, $n){{"f": $o.f ~> λ($x){$x}}}, {"f": λ($x){$x}}); ($g.f)(1))',
    ends: ['D1011'],
  },
  {
    what: 'a tower of closures',
    source:
      '($g := $reduce([1..5000], λ($o, $n){{"f": λ($x){1 + ($o.f)($x)}}}, {"f": λ($x){$x}}); ($g.f)(1))',
    ends: ['D1011'],
  },
  {
    what: 'a tower of wrapped functions',
    source:
      '($i := λ($x){$x}; $g := $reduce([1..5000], λ($o, $n){{"f": $i($o.f)}}, {"f": λ($x){$x}}); ($g.f)(1))',
    ends: ['value'],
  },
  {
    what: 'recursion with deep bodies',
    source: `($f := λ($n){1 + ${repeated('[', 9)}$f($n)${repeated(']', 9)}}; $f(0))`,
    ends: ['D1011'],
  },
  {
    what: 'recursion with deep filters',
    source: `($f := λ($n){1 + ${repeated('[1][', 40)}$f($n)${repeated(']', 40)}}; $f(0))`,
    ends: ['D1011'],
  },
  {
    what: 'recursion with deep calls',
    source: `($f := λ($n){1 + ${repeated('$sum(', 60)}$f($n)${repeated(')', 60)}}; $f(0))`,
    ends: ['D1011'],
  },
  {
    what: 'recursion at the end of which lies deep data',
    source: '($f := λ($n){$n = 0 ? $string($$.a) : "" & $f($n - 1)}; $f(180))',
    input: () => ({ a: nested(499, inArrays) }),
    ends: ['value', 'D1011'],
  },
  {
    what: 'partial application of partial application',
    source: '($w := function($f, $n) { $n = 0 ? $f : $w($f(?), $n - 1) }; $w(function($x) { $x }, 300)(1))',
    ends: ['D1011'],
  },
  {
    what: 'a loop through partial application',
    source: '($f := function($n) { $f(?)($n) }; $f(1))',
    ends: ['D1012'],
  },
  {
    what: 'a $clone that transforms',
    source: '($clone := function($x) { $x ~> |$|{}| }; {} ~> |$|{}|)',
    ends: ['D1011'],
  },
];
