// What the sentences of one language owe to those of English.
/** What another language must provide; languages without a singular form leave `_one` out. */
export type Translation<En> = Readonly<Record<Exclude<keyof En, `${string}_one`>, string>>;
