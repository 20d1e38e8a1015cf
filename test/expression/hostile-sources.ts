// Texts that hurt whoever reads them, long before they run.
import { type Hostile, repeated } from './hostile-case.ts';

export const sources: readonly Hostile[] = [
  { what: 'a megabyte of text', source: repeated('a + ', 250_000), ends: ['too-long'] },
  { what: 'ten thousand brackets', source: repeated('(', 4_000) + repeated(')', 4_000), ends: ['too-deep'] },
  { what: 'brackets that nothing closes', source: repeated('[', 8_000), ends: ['too-deep'] },
  { what: 'a long sum', source: `1${repeated('+1', 4_000)}`, ends: ['too-deep'] },
  { what: 'a long chain of conditions', source: `${repeated('a ? 1 : ', 1_000)}1`, ends: ['too-deep'] },
  { what: 'a long chain of signs', source: `${repeated('-', 8_000)}1`, ends: ['too-deep'] },
  { what: 'a long chain of :=', source: `${repeated('$a := ', 1_300)}1`, ends: ['too-deep'] },
  { what: '?? in front of ??', source: `${repeated('(', 60)}a${repeated(' ?? b)', 60)}`, ends: ['too-deep'] },
  { what: '?: in front of ?:', source: `${repeated('[', 60)}a${repeated(' ?: b]', 60)}`, ends: ['too-deep'] },
  {
    what: '?? in arguments in front of ??',
    source: `${repeated('$f(1, ', 60)}a${repeated(' ?? b) ?? c', 60)}`,
    ends: ['too-deep'],
  },
  { what: 'a very long path', source: `a${repeated('.a', 4_000)}`, ends: ['value', 'too-deep'] },
  { what: 'very many calls', source: `$string${repeated('()', 4_000)}`, ends: ['too-deep', 'T1006'] },
  { what: 'very many filters', source: `a${repeated('[0]', 2_700)}`, ends: ['value', 'too-deep'] },
  {
    what: 'a signature with very many types',
    source: `λ($a)<${repeated('x+', 2_000)}n:n>{1}(1)`,
    ends: ['too-deep'],
  },
  {
    what: 'a signature that can be read in many ways',
    source: `λ($a)<${repeated('x+', 30)}n:n>{1}(${repeated('true,', 200)}true)`,
    ends: ['D1012', 'T0410'],
  },
  { what: 'an unclosed text', source: `"${repeated('x', 8_000)}`, ends: ['S0101'] },
  { what: 'a number beyond', source: '1e999', ends: ['S0102'] },
];
