// Node-RED with mosquitto doing what a rule does: mqtt in → switch → change → mqtt out, in scratch folders of their own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, condition, inputFilter, outputTopic, passingMessages } from './bench-rules.ts';
import { startMosquitto } from './mosquitto.ts';
import { end, freePort } from './peer.ts';
import type { Subject } from './subject.ts';

const variable = 'HOMERULE_NODE_RED';
/** Houses are children of this process and refuse settings of ours that they do not know. */
const folder = process.env[variable];
delete process.env[variable];

interface NodeRed {
  readonly script: string;
  readonly version: string;
}

export function findNodeRed(): NodeRed | undefined {
  const root = join(folder ?? '', 'node_modules', 'node-red');
  const script = join(root, 'red.js');
  if (folder !== undefined && existsSync(script)) {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { script, version };
  }
  return undefined;
}

export const nodeRedHint = `npm install --no-save node-red@5.0.7 in an empty folder, ${variable} set to that folder`;

export interface FlowKind {
  readonly name: string;
  readonly rules: number;
  /** The condition as JSONata, or as the switch node's own comparison. */
  readonly isJsonata: boolean;
}

const settings = `module.exports = {
  flowFile: 'flows.json',
  uiHost: '127.0.0.1',
  httpAdminRoot: false,
  httpNodeRoot: false,
  disableEditor: true,
  telemetry: { enabled: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false }, modules: { allowInstall: false } },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
};
`;

function brokerNode(port: number): object {
  const common = { keepalive: '60', cleansession: true, autoConnect: true, usetls: false };
  return {
    id: 'broker',
    type: 'mqtt-broker',
    broker: '127.0.0.1',
    port: `${port}`,
    protocolVersion: '4',
    ...common,
  };
}

/** One rule as people draw it: four nodes in a row. */
function ruleNodes(n: number, kind: FlowKind): object[] {
  const [input, output] =
    n === 0 ? [inputFilter, outputTopic] : [`bench/sleeping/${n}/state`, `bench/sleeping/${n}/set`];
  const common = { z: 'flow', broker: 'broker', qos: '0' };
  const test = kind.isJsonata
    ? { property: condition, propertyType: 'jsonata', rules: [{ t: 'true' }] }
    : { property: 'payload.temperature', propertyType: 'msg', rules: [{ t: 'gt', v: '25', vt: 'num' }] };
  const set = { t: 'set', p: 'payload', pt: 'msg', to: answer, tot: 'str' };
  return [
    {
      ...common,
      id: `in${n}`,
      type: 'mqtt in',
      topic: input,
      datatype: 'json',
      inputs: 0,
      wires: [[`if${n}`]],
    },
    {
      ...test,
      z: 'flow',
      id: `if${n}`,
      type: 'switch',
      checkall: 'false',
      repair: false,
      outputs: 1,
      wires: [[`set${n}`]],
    },
    { z: 'flow', id: `set${n}`, type: 'change', rules: [set], wires: [[`out${n}`]] },
    { ...common, id: `out${n}`, type: 'mqtt out', topic: output, retain: 'false', wires: [] },
  ];
}

function flowOf(kind: FlowKind, port: number): object[] {
  const rules = Array.from({ length: kind.rules }, (_, n) => ruleNodes(n, kind)).flat();
  return [{ id: 'flow', type: 'tab', label: 'bench' }, brokerNode(port), ...rules];
}

/** A Node-RED and a mosquitto of its own; undefined when mosquitto is missing. It answers some time later. */
export async function startNodeRed(nodeRed: NodeRed, kind: FlowKind): Promise<Subject | undefined> {
  const mosquitto = await startMosquitto();
  if (mosquitto === undefined) return undefined;
  const home = mkdtempSync(join(tmpdir(), 'bench-node-red-'));
  writeFileSync(join(home, 'settings.cjs'), settings);
  writeFileSync(join(home, 'flows.json'), JSON.stringify(flowOf(kind, mosquitto.port)));
  const flags = ['-s', join(home, 'settings.cjs'), '-u', home, '-p', `${await freePort()}`];
  const child = spawn(process.execPath, [nodeRed.script, ...flags], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    await end(child);
    await mosquitto.stop();
    rmSync(home, { recursive: true, force: true });
  };
  const pids = [child.pid ?? 0, mosquitto.pid];
  const { port } = mosquitto;
  return { name: kind.name, port, pids, messages: passingMessages, filter: outputTopic, stop };
}
