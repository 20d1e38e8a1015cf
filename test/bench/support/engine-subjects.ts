// Everything that the engine benchmark compares, started together and measured in turn.
import { setTimeout as wait } from 'node:timers/promises';
import { failingMessages, inputFilter, passingMessages } from './bench-rules.ts';
import { type HouseSubject, startHouseSubject } from './house-subject.ts';
import { startMosquitto } from './mosquitto.ts';
import { type FlowKind, findNodeRed, nodeRedHint, startNodeRed } from './node-red.ts';
import { forkPeer } from './peer.ts';
import { type Subject, saturate } from './subject.ts';

export interface EngineSubjects {
  /** Our broker with nothing behind its accept seam. */
  readonly broker: Subject;
  /** mosquitto passing the load on to a plain subscriber: what the load generator can do at least. */
  readonly mosquitto: Subject | undefined;
  /** By number of rules, ascending; the first has none. */
  readonly houses: readonly HouseSubject[];
  /** The house of a hundred rules, given messages that wake one of them and fail its condition. */
  readonly unmoved: Subject;
  readonly nodeReds: readonly Subject[];
  readonly all: readonly Subject[];
  stop(): Promise<void>;
}

/** The last one is what many rules are; loading ten thousand takes longer than a quick look may. */
const ruleCounts = { full: [0, 1, 10, 100, 10_000], quick: [0, 1, 10, 100, 1000] };
const flowKinds: readonly FlowKind[] = [
  { name: 'Node-RED, 1 rule', rules: 1, isJsonata: true },
  { name: 'Node-RED, 100 rules', rules: 100, isJsonata: true },
  { name: 'Node-RED, 1 rule, no JSONata', rules: 1, isJsonata: false },
];

/** A broker that passes the load on as it is. */
async function plainBroker(name: string, script: string): Promise<Subject> {
  const { port, pid, stop } = await forkPeer(name, new URL(script, import.meta.url));
  return { name, port, pids: [pid], messages: passingMessages, filter: inputFilter, stop };
}

async function plainMosquitto(): Promise<Subject | undefined> {
  const peer = await startMosquitto();
  if (peer === undefined) return undefined;
  const { port, pid, stop } = peer;
  const name = 'mosquitto alone';
  return { name, port, pids: [pid], messages: passingMessages, filter: inputFilter, stop };
}

/** Until the flow answers: it connects and subscribes some time after its process began. */
async function untilAnswers(subject: Subject): Promise<void> {
  for (let attempt = 0; attempt < 6; attempt++) {
    if ((await saturate(subject, 10)).missing === 0) return;
  }
  throw new Error(`${subject.name} does not answer`);
}

async function startFlows(kinds: readonly FlowKind[], keep: (flow: Subject) => Subject): Promise<Subject[]> {
  const nodeRed = findNodeRed();
  if (nodeRed === undefined) {
    console.log(`Node-RED is not here, so there is nothing to compare rules with: ${nodeRedHint}`);
    return [];
  }
  const flows: Subject[] = [];
  for (const kind of kinds) {
    const flow = await startNodeRed(nodeRed, kind);
    if (flow !== undefined) flows.push(keep(flow));
  }
  await wait(2000); // asking before the flows run would only cost the patience of a load
  for (const flow of flows) await untilAnswers(flow);
  return flows;
}

/** The house of a hundred rules once more, with messages that change nothing but the state. */
function unmovedOf(houses: readonly HouseSubject[]): Subject {
  const hundred = houses.find(({ rules }) => rules === 100);
  if (hundred === undefined) throw new Error('there is no house of 100 rules');
  return {
    ...hundred,
    name: 'house, 100 rules, condition false',
    messages: failingMessages,
    filter: inputFilter,
    stop: async () => undefined,
  };
}

async function stopAll(subjects: readonly Subject[]): Promise<void> {
  await Promise.all(subjects.map((subject) => subject.stop()));
}

/** Rejects with everything stopped again when one cannot start. */
export async function startSubjects(isQuick: boolean): Promise<EngineSubjects> {
  const started: Subject[] = [];
  const keep = <Started extends Subject | undefined>(subject: Started): Started => {
    if (subject !== undefined) started.push(subject);
    return subject;
  };
  try {
    const broker = keep(await plainBroker('broker alone', './broker-process.ts'));
    const mosquitto = keep(await plainMosquitto());
    const houses: HouseSubject[] = [];
    for (const count of isQuick ? ruleCounts.quick : ruleCounts.full)
      houses.push(keep(await startHouseSubject(count)));
    const unmoved = keep(unmovedOf(houses));
    const nodeReds = await startFlows(isQuick ? flowKinds.slice(0, 1) : flowKinds, keep);
    return { broker, mosquitto, houses, unmoved, nodeReds, all: started, stop: () => stopAll(started) };
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}
