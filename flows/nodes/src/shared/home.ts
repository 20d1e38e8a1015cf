// Where the house is: what the engine node's credentials say, else what the runner of this Node-RED was given.
// The only file that reads the environment. An address or token never stands in a flow.
import { PaletteError } from './errors.ts';

export interface Home {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly token: string | undefined;
}

interface Given {
  readonly url?: unknown;
  readonly token?: unknown;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new PaletteError(
      'bad-address',
      `"${text}" is no address of a house: expected http://HOST:PORT or https://HOST:PORT`,
    );
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** `settings`: `homerule` of Node-RED's settings. Throws `no-house` and `bad-address`. */
export function homeOf(credentials: Given | undefined, settings: Given | undefined): Home {
  const own = textOf(credentials?.url);
  if (own !== undefined) return { url: parseUrl(own), token: textOf(credentials?.token) };
  const { HOMERULE_URL, HOMERULE_TOKEN } = process.env;
  const given = textOf(settings?.url) ?? textOf(HOMERULE_URL);
  if (given === undefined)
    throw new PaletteError(
      'no-house',
      'no house is known here: give the engine node an address and a token, or set HOMERULE_URL and HOMERULE_TOKEN',
    );
  return { url: parseUrl(given), token: textOf(settings?.token) ?? textOf(HOMERULE_TOKEN) };
}
