// `HOST[:PORT]`, `[V6]:PORT`.
export interface Address {
  readonly host: string;
  /** Undefined: the usual one, 1883 or with TLS 8883. */
  readonly port: number | undefined;
}

const form = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<host>[^\s:/@[\]]+))(?::(?<port>\d{1,5}))?$/;

export function parseAddress(text: string): Address | undefined {
  const { v6, host = v6, port } = form.exec(text)?.groups ?? {};
  if (host === undefined) return undefined;
  if (port === undefined) return { host, port };
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? { host, port: number } : undefined;
}
