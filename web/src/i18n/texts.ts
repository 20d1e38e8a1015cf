// The keys of all sentences. English decides them; plural forms count as one key.
import type { en } from './en.ts';

type StoredKey = keyof typeof en;

/** What another language must provide; languages without a singular form leave `_one` out. */
export type Texts = Readonly<Record<Exclude<StoredKey, `${string}_one`>, string>>;

type AskedKey<Key extends string> = Key extends `${infer Base}_other` ? Base : Key;

/** What components ask for. */
export type TextKey = AskedKey<Exclude<StoredKey, `${string}_one`>>;
