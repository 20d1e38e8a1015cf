// Node-RED as the house runs it, without the house: its real process on a fresh folder, quick to lose patience.
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, SystemClock } from '../../src/base/index.ts';
import { type Deed, Flows, type FlowsOptions } from '../../src/flows/index.ts';
import { type LogLine, recordingLogger } from '../support/http-house.ts';

export interface FlowsUnderTest {
  readonly flows: Flows;
  readonly dir: string;
  readonly log: LogLine[];
  readonly deeds: Deed[];
  /** Resolves when what Node-RED wrote to the log, or its supervisor, made this true. */
  until(isSo: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A tab with one function node that runs at once and then as often as `everyMs` says. */
export function functionFlow(code: string, everyMs?: number): object[] {
  const repeat = everyMs === undefined ? '' : String(everyMs / 1000);
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'begin', z: 'tab', type: 'inject', once: true, onceDelay: 0, repeat, props: [], wires: [['code']] },
    { id: 'code', z: 'tab', type: 'function', func: code, outputs: 1, wires: [[]] },
  ];
}

export interface TestOptions extends Partial<FlowsOptions> {
  readonly dir?: string;
  /** What is in the file of the flows before the start. */
  readonly present?: readonly object[];
}

export function makeFlows(options: TestOptions = {}): FlowsUnderTest {
  const { dir = mkdtempSync(join(tmpdir(), 'homerule-flows-')), present, ...more } = options;
  mkdirSync(join(dir, 'nodered'), { recursive: true });
  mkdirSync(join(dir, 'run'), { recursive: true });
  if (present !== undefined) writeFileSync(join(dir, 'nodered/flows.json'), JSON.stringify(present));
  const log: LogLine[] = [];
  const deeds: Deed[] = [];
  const news = new EventEmitter();
  const tell = (): boolean => news.emit('news');
  const recording = recordingLogger(log);
  const at = (level: keyof Logger) => (fields: object, text: string) => {
    recording[level](fields, text);
    tell();
  };
  const flows = new Flows({
    isEnabled: true,
    dataDir: dir,
    socket: join(dir, 'run/flows.sock'),
    nodesDir: join(dir, 'none'),
    memoryMb: 256,
    patienceMs: 3000,
    mayInstall: false,
    environment: { PATH: process.env['PATH'] ?? '' },
    house: {
      link: () => ({ url: 'http://127.0.0.1:1', token: 'hf_test' }),
      credentialSecret: () => 'never told',
      noted: (deed) => {
        deeds.push(deed);
        tell();
      },
    },
    clock: new SystemClock(),
    log: { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') },
    ...more,
  });
  return {
    ...{ flows, dir, log, deeds },
    until: async (isSo) => {
      while (!isSo()) await once(news, 'news');
    },
    stop: async () => {
      await flows.stop();
      if (existsSync(dir)) rmSync(dir, { recursive: true, force: true });
    },
  };
}
