// %u and %c in patterns: the name of the user and the id of the client, each as one whole level of the topic.

export interface PlaceholderValues {
  readonly client: string;
  /** Undefined for anonymous clients. */
  readonly user: string | undefined;
}

/** Characters with which a name would become more than one level, or a wildcard. */
const breaking = /[+#/]/;

function replacementOf(level: string, values: PlaceholderValues): string | undefined {
  if (level !== '%u' && level !== '%c') return level;
  const value = level === '%u' ? values.user : values.client;
  return value === undefined || value === '' || breaking.test(value) ? undefined : value;
}

/** Undefined when the pattern says nothing about this client. */
export function expand(pattern: string, values: PlaceholderValues): string | undefined {
  const levels: string[] = [];
  for (const level of pattern.split('/')) {
    const value = replacementOf(level, values);
    if (value === undefined) return undefined;
    levels.push(value);
  }
  return levels.join('/');
}

/** Why a pattern cannot be used, or undefined. */
export function placeholderFault(pattern: string): string | undefined {
  const mixed = pattern.split('/').find((level) => /%[uc]/.test(level) && level !== '%u' && level !== '%c');
  return mixed === undefined ? undefined : `expected %u or %c alone in its level, got "${mixed}"`;
}
