// One line of the TCP protocol: `cmd=2&uid=…&topic=…&msg=…`. Reads and writes it, knows no meaning.

export interface TcpRequest {
  readonly cmd: string;
  readonly uid: string;
  readonly topic: string;
  /** Undefined when the line has none. */
  readonly msg: string | undefined;
  readonly type: string;
}

const names = ['cmd', 'uid', 'topic', 'msg', 'type'] as const;

/** What stands behind an `&` and is no field belongs to the field before: messages may hold an `&`. */
export function parseRequest(line: string): TcpRequest {
  const fields: Record<string, string> = {};
  let name = '';
  for (const part of line.replace(/\r$/, '').split('&')) {
    const next = names.find((candidate) => part.startsWith(`${candidate}=`));
    if (next !== undefined && !(next in fields)) {
      name = next;
      fields[name] = part.slice(next.length + 1);
    } else if (name !== '') fields[name] += `&${part}`;
  }
  const { cmd = '', uid = '', topic = '', msg, type = '' } = fields;
  return { cmd, uid, topic, msg, type };
}

export interface TcpMessage {
  readonly cmd: '2' | '3' | '9';
  readonly uid: string;
  readonly topic: string;
  readonly msg: string;
}

/** A line is one message: breaks inside of it become blanks. */
export function messageLine({ cmd, uid, topic, msg }: TcpMessage): string {
  return `cmd=${cmd}&uid=${uid}&topic=${topic}&msg=${msg.replace(/[\r\n]+/g, ' ')}\r\n`;
}

export function resultLine(cmd: string, isDone: boolean): string {
  return `cmd=${cmd}&res=${isDone ? 1 : 0}\r\n`;
}
