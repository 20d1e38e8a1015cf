// Lines of the TCP device cloud (创客云), as a client writes and reads them.

/** What came: the result of a command, or a message. */
export type TcpLine =
  | { readonly kind: 'result'; readonly cmd: string; readonly isDone: boolean }
  | { readonly kind: 'message'; readonly topic: string; readonly text: string };

/** A line is one message: breaks inside of it become blanks. */
export function commandLine(cmd: number, fields: Readonly<Record<string, string>>): string {
  const parts = Object.entries(fields).map(([name, value]) => `&${name}=${value.replace(/[\r\n]+/g, ' ')}`);
  return `cmd=${cmd}${parts.join('')}\r\n`;
}

/** Read by names: the number before a message is not the same everywhere. A message goes to the end of its line. */
export function parseLine(line: string): TcpLine | undefined {
  const text = /(?:^|&)msg=(.*)$/s.exec(line)?.[1];
  const head = text === undefined ? line : line.slice(0, line.indexOf('msg='));
  const field = (name: string): string | undefined => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(head)?.[1];
  const topic = field('topic');
  if (text !== undefined && topic !== undefined) return { kind: 'message', topic, text };
  const result = field('res');
  return result === undefined
    ? undefined
    : { kind: 'result', cmd: field('cmd') ?? '', isDone: result === '1' };
}
