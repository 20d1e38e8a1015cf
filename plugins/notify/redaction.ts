// Takes the secrets of a channel out of words: services repeat keys in their errors, and addresses hold tokens.

const mask = '•••';
/** A part of an address that is shorter is a word, no token. */
const shortestPart = 8;

/** The parts of an address that are secret by themselves. */
function partsOf(secret: string): string[] {
  const url = URL.parse(secret);
  if (url === null || url.host === '') return [];
  const parts = [...url.searchParams.values(), ...url.pathname.split('/'), url.username, url.password];
  return parts.filter((part) => part.length >= shortestPart);
}

export function redactor(secrets: readonly string[]): (words: string) => string {
  const all = secrets.flatMap((secret) => [secret, ...partsOf(secret)]);
  const forms = new Set(
    all.flatMap((one) => [one, encodeURIComponent(one), JSON.stringify(one).slice(1, -1)]),
  );
  const longestFirst = [...forms].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  return (words) => longestFirst.reduce((text, one) => text.replaceAll(one, mask), words);
}
