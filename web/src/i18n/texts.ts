// The keys of all sentences. English decides them; plural forms count as one key.
import type { parts } from './parts.ts';

type Parts = typeof parts;
type TextsOf<Name extends keyof Parts> = Awaited<ReturnType<Parts[Name]['en']>>['texts'];
type StoredKey = { [Name in keyof Parts]: keyof TextsOf<Name> }[keyof Parts];
type AskedKey<Key> = Key extends `${infer Base}_other` ? Base : Key;

/** What components ask for. */
export type TextKey = AskedKey<Exclude<StoredKey, `${string}_one`>>;

/** Sentences of what the server says by a code; asked for through `sentenceOf`, as not every code has one. */
export type CodedKey =
  | `fault.${string}`
  | `refusal.${string}`
  | `said.type.${string}`
  | `access.because.${string}`
  | `access.denial.why.${string}`
  | `deed.${string}`;
