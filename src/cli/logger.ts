// The log of a running house: lines for people, or pino's JSON for programs. Goes to the error stream.
import type { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Logger } from '../base/index.ts';
import type { Config } from '../config/index.ts';

const labels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };
/** Fields of pino that a line for people does without or shows elsewhere. */
const own: ReadonlySet<string> = new Set(['level', 'time', 'msg']);

function shown(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value);
}

function localTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** `2026-11-22 21:04:10 warn  message dropped  client=lamp-1 bytes=70000` */
export function prettyLine(line: string): string {
  const record: Record<string, unknown> = JSON.parse(line);
  const fields = Object.entries(record)
    .filter(([name]) => !own.has(name))
    .map(([name, value]) => ` ${name}=${shown(value)}`)
    .join('');
  const level = (labels[Number(record['level'])] ?? 'info').padEnd(5);
  return `${localTime(Number(record['time']))} ${level} ${String(record['msg'])}${fields && ` ${fields}`}\n`;
}

export function createLogger(log: Config['log'], stream: Writable): Logger {
  const write = log.format === 'json' ? (line: string) => line : prettyLine;
  return pino({ level: log.level, base: null }, { write: (line: string) => void stream.write(write(line)) });
}
