// Light, dark, or as the device has it.
export const schemeNames = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof schemeNames)[number];

/** In this order the button in the header goes round. */
export const nextScheme: Readonly<Record<Scheme, Scheme>> = { auto: 'light', light: 'dark', dark: 'auto' };

export const schemeIconNames = { auto: 'sun-moon', light: 'sun', dark: 'moon' } as const;
