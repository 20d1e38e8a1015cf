// Which room may import which, and which package belongs to which room (architecture, section 3).
import { posix } from 'node:path';
import type { Fault, Import, SourceFile } from './source.ts';

/** Rooms whose values a room may use. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  base: [],
  config: ['base', 'expression'],
  store: ['base'],
  broker: ['base'],
  expression: ['base'],
  devices: ['base', 'expression'],
  rules: ['base', 'expression', 'devices'],
  bridges: ['base'],
  outside: ['base', 'devices'],
  plugins: ['base', 'api'],
  flows: ['base', 'api'],
  api: ['base', 'expression', 'devices', 'rules'],
  http: ['base', 'api'],
  live: ['base', 'api'],
  cli: ['base', 'config', 'api', 'app'],
  main: ['cli'],
};

/** Rooms of which a room may know types and nothing else. */
const typeArrows: Readonly<Record<string, readonly string[]>> = {
  store: ['devices', 'broker', 'rules', 'bridges', 'plugins', 'api'],
  bridges: ['broker'],
};

/** Files that may be entered beside `index.ts`, for types only. */
const typeEntrances: Readonly<Record<string, RegExp>> = {
  store: /^src\/(?:[a-z]+\/ports|rules\/input|rules\/trace\/trace)\.ts$/,
};

/** Rooms of src that a plugin in `plugins/` may use. */
const pluginArrows: readonly string[] = ['base', 'plugins'];

/** Packages that are known in one place only; `web` stands for the user interface. */
const packageRooms: Readonly<Record<string, readonly string[]>> = {
  aedes: ['broker'],
  'mqtt-packet': ['broker', 'plugins/bemfa'],
  'aedes-persistence': ['broker'],
  mqemitter: ['broker'],
  express: ['http'],
  ws: ['live', 'broker', 'plugins/bemfa', 'flows/nodes'],
  'better-sqlite3': ['store'],
  'node:sqlite': ['store'],
  jsonata: ['expression'],
  suncalc: ['devices'],
  yaml: ['rules', 'config', 'web'],
  croner: ['rules'],
  'node-red': ['flows', 'flows/nodes'],
  nodemailer: ['plugins/notify'],
  mqtt: ['cli', 'bridges', 'plugins/bemfa'],
  commander: ['cli'],
  pino: ['cli'],
};

/**
 * `src/rules/model/x.ts` → `rules`, `src/app.ts` → `app`, `web/src/x.tsx` → `web`, `plugins/bemfa/x.ts` →
 * `plugins/bemfa`, `flows/nodes/x.ts` → `flows/nodes`; undefined outside.
 */
export function roomOf(path: string): string | undefined {
  if (path.startsWith('web/')) return 'web';
  const [top, name] = path.split('/');
  if (top === 'plugins' || top === 'flows') return `${top}/${name}`;
  return top === 'src' ? name?.replace(/\.ts$/, '') : undefined;
}

/** The file that a relative specifier means, or undefined for a package. */
export function targetOf(file: SourceFile, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined;
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

function packageFault(room: string, specifier: string): string | undefined {
  const rooms = packageRooms[packageOf(specifier)];
  if (rooms === undefined || rooms.includes(room)) return undefined;
  return `"${specifier}" is known only to ${rooms.join(', ')}`;
}

/** The user interface and the nodes of Node-RED speak to the house over its API; they share its types and nothing else. */
function outerFault(room: string, target: string, isType: boolean): string | undefined {
  if (!target.startsWith('src/')) return undefined;
  return isType && target === 'src/api/contract.ts'
    ? undefined
    : `${room} may only import types of src/api/contract.ts, not ${target}`;
}

function isOuter(room: string): boolean {
  return room === 'web' || room === 'flows/nodes';
}

function isPlugin(room: string): boolean {
  return room.startsWith('plugins/');
}

function isArrow(from: string, to: string, isType: boolean): boolean {
  if (isPlugin(from)) return pluginArrows.includes(to);
  if (isPlugin(to)) return from === 'cli';
  if (from === 'app') return to !== 'cli' && to !== 'main';
  return arrows[from]?.includes(to) === true || (isType && typeArrows[from]?.includes(to) === true);
}

/** Where a room is entered. */
const index = /^(?:src|plugins)\/[a-z]+\/index\.ts$/;

function isEntrance(from: string, target: string, isType: boolean): boolean {
  const isFileRoom = target === 'src/app.ts' || (from === 'main' && target === 'src/cli/main.ts');
  if (isFileRoom || index.test(target)) return true;
  return isType && typeEntrances[from]?.test(target) === true;
}

function roomFault(file: SourceFile, target: string, isType: boolean): string | undefined {
  const from = roomOf(file.path) ?? '';
  const to = roomOf(target);
  if (isOuter(from)) return outerFault(from, target, isType);
  if (to === undefined) return `${from} may not import ${target}`;
  if (from === to) {
    return index.test(target) ? 'inside a room import the file, not its index' : undefined;
  }
  if (!isArrow(from, to, isType)) return `${from} may not import ${to}${isType ? '' : ' (values)'}`;
  return isEntrance(from, target, isType) ? undefined : `enter ${to} through its index.ts, not ${target}`;
}

/** Imports against the arrows, past an index, or of a package that lives elsewhere. */
export function arrowFaults(files: readonly SourceFile[]): Fault[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === undefined) return [];
    const unknown = !(room in arrows) && room !== 'app' && !isOuter(room) && !isPlugin(room);
    const faults: Fault[] = unknown
      ? [{ path: file.path, line: 1, text: `"${room}" is no room of the house` }]
      : [];
    for (const entry of file.imports) {
      const target = targetOf(file, entry);
      const text =
        target === undefined ? packageFault(room, entry.specifier) : roomFault(file, target, entry.isType);
      if (text !== undefined) faults.push({ path: file.path, line: entry.line, text });
    }
    return faults;
  });
}

/** What an `index.ts` holds beside named re-exports. */
export function indexFaults(files: readonly SourceFile[]): Fault[] {
  const indexes = files.filter((file) => index.test(file.path));
  return indexes.flatMap((file) =>
    file.program.body
      .filter((node) => {
        if (node.type === 'ExportNamedDeclaration') return node.source === null;
        return !(node.type === 'ExportAllDeclaration' && node.exportKind === 'type');
      })
      .map((node) => ({
        path: file.path,
        line: file.lineOf(node.start),
        text: 'an index holds named re-exports only',
      })),
  );
}
