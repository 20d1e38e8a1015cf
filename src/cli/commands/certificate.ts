// `homerule certificate`: a CA for this house, its certificate, and those of clients. Needs no running house; one that
// runs takes the new certificate within a minute, or at once on SIGHUP.
import { BlockList, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { z } from 'zod';
import { certificatePaths, dataFolder } from '../../config/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { HouseCertificates, type Issued } from '../house-certificates.ts';

const flags = z.looseObject({
  data: z.string().optional(),
  name: z.array(z.string()).default([]),
  client: z.string().optional(),
  newCa: z.boolean().default(false),
});

/** What homes and their VPNs use; a stolen key of the CA can vouch for nothing else. */
const privateNetworks = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Also the name of a file. */
const clientName = /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/;

function machineName(): string {
  const [name = ''] = hostname().toLowerCase().split('.');
  return hostName.test(name) ? name : 'homerule';
}

function isPrivate(address: string): boolean {
  const list = new BlockList();
  for (const network of privateNetworks) {
    const [base = '', bits] = network.split('/');
    list.addSubnet(base, Number(bits), isIP(base) === 6 ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Link-local addresses change and are nothing to type. */
function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return all.map(({ address }) => address).filter((address) => !address.startsWith('fe80:'));
}

/** Names that the CA of any house may vouch for. */
function isOwn(name: string): boolean {
  if (isIP(name) !== 0) return isPrivate(name);
  const machine = machineName();
  return [machine, 'localhost', 'local'].some((own) => name === own || name.endsWith(`.${own}`));
}

function checkedNames(names: readonly string[]): string[] {
  const lower = names.map((name) => name.toLowerCase());
  const wrong = lower.find((name) => isIP(name) === 0 && !hostName.test(name));
  if (wrong === undefined) return lower;
  throw fail('wrong-usage', `--name: expected a host name or an address, got "${wrong.slice(0, 80)}"`);
}

/** Names asked for earlier stay, but with a new CA. */
function namesFor(house: HouseCertificates, asked: readonly string[], isNew: boolean): string[] {
  const earlier = isNew ? [] : house.names().filter((name) => isIP(name) === 0 || !isOwn(name));
  const outside = asked.find((name) => !isNew && !isOwn(name) && !earlier.includes(name));
  if (outside !== undefined) {
    const text = `the CA of this house may not vouch for "${outside}"; --new-ca makes one that may`;
    throw fail('wrong-usage', `${text}, which every client then has to be given`);
  }
  const machine = machineName();
  const own = [machine, `${machine}.local`, 'localhost', ...ownAddresses().filter(isPrivate)];
  return [...new Set([...own, ...earlier, ...asked])];
}

function tell(call: Call, issued: Issued, details: Readonly<Record<string, unknown>>): void {
  if (call.isJson) {
    printJson(call, { ...issued, ...details });
    return;
  }
  const rows = Object.entries({ ...issued, ...details });
  for (const [what, value] of rows)
    print(call, `${what}: ${Array.isArray(value) ? value.join(', ') : value}`);
}

async function run(call: Call): Promise<number> {
  const { data, name, client, newCa } = flags.parse(call.options);
  const paths = certificatePaths(dataFolder(data));
  const house = new HouseCertificates(paths, call.clock);
  if (client !== undefined) {
    if (!clientName.test(client)) {
      throw fail(
        'wrong-usage',
        `--client: expected letters, digits and . _ - @, got "${client.slice(0, 80)}"`,
      );
    }
    if (!house.hasAuthority)
      throw fail('file-missing', 'there is no CA yet: run `homerule certificate` first');
    tell(call, house.issueClient(client), { ca: paths.ca });
    return exitCodes.ok;
  }
  const asked = checkedNames(name);
  const isNew = newCa || !house.hasAuthority;
  const names = namesFor(house, asked, isNew);
  const machine = machineName();
  if (isNew) {
    const permitted = [
      machine,
      'localhost',
      'local',
      ...privateNetworks,
      ...asked.filter((each) => !isOwn(each)),
    ];
    const day = new Date(call.clock.now()).toISOString().slice(0, 10);
    house.makeAuthority(`Homerule CA of ${machine}, ${day}`, permitted);
  }
  tell(call, house.issueHouse(machine, names), { ca: paths.ca, names });
  return exitCodes.ok;
}

export const certificateCommand: CliCommand = {
  name: 'certificate',
  about: 'make or renew the certificate of this house, or make one for a client',
  example: 'homerule certificate --name panel.example\nhomerule certificate --client lamp',
  declare: (command) => {
    command
      .option('--data <dir>', 'data folder of the house')
      .option('--name <name...>', 'further host names or addresses of this machine')
      .option('--client <name>', 'make a client certificate with this common name instead')
      .option('--new-ca', 'make a new CA, too; every client has to be given it');
  },
  run,
};
