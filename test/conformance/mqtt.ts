// Runs the MQTT interoperability suite of Eclipse Paho against the broker: `node test/conformance/mqtt.ts --paho DIR`,
// where DIR is a clone of github.com/eclipse-paho/paho.mqtt.testing. `--only v5|v3` and `--verbose` narrow and widen.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Broker } from '../../src/broker/index.ts';

interface Suite {
  readonly version: string;
  readonly module: string;
  /** Fewer means that the suite is not the one that was read. */
  readonly tests: number;
}

const suites: readonly Suite[] = [
  { version: 'v3', module: 'client_test', tests: 10 },
  { version: 'v5', module: 'client_test5', tests: 27 },
];

const codec = 'mqtt/formats/MQTTV5/MQTTV5.py';

/** Where the suite falls short of MQTT 5: reasons of SUBACK other than 0x80, acknowledgements with a reason string. */
const patches: readonly { readonly file: string; readonly from: string; readonly to: string }[] = [
  { file: codec, from: 'in [0, 1, 2, 0x80]', to: 'in [0, 1, 2, 0x80, 0x87]' },
  { file: codec, from: 'self.fh.remainingLength in [2, 3, 4]', to: 'self.fh.remainingLength >= 2' },
  {
    file: 'client_test5.py',
    from: 'callback.subscribeds[0][1][0].value == 0x80',
    to: 'callback.subscribeds[0][1][0].value in (0x80, 0x87)',
  },
];

/** All tests of a module in one process, as the suite itself runs them; a test that returns False has failed, too. */
const runner = `
import functools, importlib, sys, time, traceback, unittest
name, port, only = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
module = importlib.import_module(name)
module.host, module.port, module.topic_prefix = 'localhost', port, name + '/'
if not hasattr(module, 'setData'):
  module.topics = ('TopicA', 'TopicA/B', 'Topic/C', 'TopicA/C', '/TopicA')
  module.wildtopics = ('TopicA/+', '+/C', '#', '/#', '/+', '+/+', 'TopicA/#')
  module.nosubscribe_topics = ('test/nosubscribe',)
def strict(test):
  @functools.wraps(test)
  def run(self):
    self.assertIsNot(test(self), False)
  return run
names = unittest.TestLoader().getTestCaseNames(module.Test)
for test in names:
  setattr(module.Test, test, strict(getattr(module.Test, test)))
class Result(unittest.TestResult):
  def startTest(self, test):
    self.began = time.time()
    super().startTest(test)
  def say(self, test, outcome):
    print('RESULT', outcome, test.id().split('.')[-1], round(time.time() - self.began, 1), flush=True)
  def addSuccess(self, test):
    self.say(test, 'passed')
  def addFailure(self, test, error):
    traceback.print_exception(*error)
    self.say(test, 'failed')
  addError = addFailure
unittest.TestSuite(module.Test(test) for test in (only or names)).run(Result())
`;

/** No test takes a third of it; one that hangs is a failure. */
const patienceMs = 300_000;

const options = parseArgs({
  options: {
    paho: { type: 'string' },
    only: { type: 'string' },
    test: { type: 'string', multiple: true },
    verbose: { type: 'boolean' },
  },
}).values;

/** The suite in a folder of its own, patched; nothing of it is changed where it came from. */
function prepare(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'paho-'));
  cpSync(join(source, 'interoperability'), folder, { recursive: true });
  for (const { file, from, to } of patches) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} is not the one that was read: no "${from}"`);
    writeFileSync(path, text.replace(from, to));
  }
  writeFileSync(join(folder, 'run_all.py'), runner);
  return folder;
}

async function startBroker(): Promise<Broker> {
  const broker = new Broker({
    listeners: { mqtt: { port: 0 } },
    gate: { hosts: [], origins: [], machine: hostname().toLowerCase() },
    accept: () => undefined,
    commits: { open: 1, whenCommitted: (_batch, done) => done() },
    retained: { put: () => undefined, delete: () => undefined },
    loadRetained: async () => [],
    clock: new SystemClock(),
    log: silentLogger,
    profile: 'conformance',
  });
  await broker.start(new AbortController().signal);
  return broker;
}

interface Tally {
  passed: number;
  failed: number;
}

async function run(suite: Suite, folder: string, port: number): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 };
  const chosen = options.test ?? [];
  const child = spawn('python3', ['run_all.py', suite.module, `${port}`, ...chosen], {
    cwd: folder,
    stdio: ['ignore', 'pipe', options.verbose ? 'inherit' : 'ignore'],
  });
  const timer = setTimeout(() => child.kill(), patienceMs);
  for await (const line of createInterface(child.stdout)) {
    const [mark, outcome, name, seconds] = line.split(' ');
    if (mark === 'RESULT') {
      console.log(`${suite.version} ${name}: ${outcome} (${seconds} s)`);
      if (outcome === 'passed') tally.passed++;
      else tally.failed++;
    } else if (options.verbose) console.log(`  ${line}`);
  }
  clearTimeout(timer);
  if (child.exitCode === null) await once(child, 'exit');
  const missing = (chosen.length || suite.tests) - tally.passed - tally.failed;
  if (missing > 0) console.log(`${suite.version}: ${missing} tests did not come to an end`);
  return { passed: tally.passed, failed: tally.failed + Math.max(0, missing) };
}

async function main(paho: string): Promise<void> {
  const folder = prepare(paho);
  const broker = await startBroker();
  const total: Tally = { passed: 0, failed: 0 };
  try {
    for (const suite of suites) {
      if (options.only !== undefined && options.only !== suite.version) continue;
      const { passed, failed } = await run(suite, folder, broker.addresses().mqtt?.port ?? 0);
      total.passed += passed;
      total.failed += failed;
    }
  } finally {
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

if (options.paho === undefined) {
  console.error('usage: node test/conformance/mqtt.ts --paho DIR [--only v5|v3] [--test NAME] [--verbose]');
  process.exitCode = 2;
} else await main(options.paho);
