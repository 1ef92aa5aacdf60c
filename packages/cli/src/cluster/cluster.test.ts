import { Broker } from '@millrace/broker';
import { memoryHost, type Host } from '@millrace/host';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

let host: Host;
let broker: Broker;

beforeAll(async () => {
  host = memoryHost();
  broker = await Broker.start({ listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' }, { host });
  await millrace('topic create orders --partitions 2');
});

afterAll(() => broker.close());

function millrace(line: string): Promise<CommandResult> {
  const server = `${broker.address.host}:${broker.address.port}`;
  return runCommand([...line.split(' '), '--bootstrap-server', server], { host });
}

test('shows brokers with what they lead, hold and store', async () => {
  const { stdout } = await millrace('cluster describe');
  expect(stdout).toMatch(/^cluster \S{22}\nbroker +address +rack +leaders +replicas +behind +MiB\n/);
  const { stdout: json } = await millrace('cluster describe --output json');
  expect(JSON.parse(json)).toMatchObject({
    brokers: [{ leaders: 2, replicas: 2, behind: 0, sizeBytes: expect.any(Number) }],
    leaderless: [],
  });
});

test('shows who leads the metadata and who follows', async () => {
  const { stdout } = await millrace('quorum describe');
  expect(stdout).toMatch(/^leader 1 {2}epoch \d+ {2}high watermark \d+\nnode +role/);
  expect(stdout).toMatch(/\n +1 +leader +\d+ +0 /);
});

test('a plan that moves nothing says so, and names brokers that are not there', async () => {
  expect((await millrace('cluster move')).stdout).toBe('Every partition is where it belongs\n');
  const unknown = await millrace('cluster move --to 7');
  expect(unknown).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('broker 7, which is not up'),
  });
  const tooMany = await millrace('cluster move --replication-factor 3');
  expect(tooMany).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('3 replicas need 3 brokers'),
  });
});

test('nothing is being moved or to be elected on one node', async () => {
  expect((await millrace('cluster moves --output json')).stdout).toBe('[]\n');
  expect((await millrace('cluster cancel-moves')).stdout).toBe('Nothing is being moved\n');
  expect((await millrace('cluster elect-leaders --topic orders')).stdout).toBe(
    'Every leader is the right one already\n',
  );
});

test('what may lose something asks first', async () => {
  for (const line of [
    'cluster unregister 7',
    'cluster elect-leaders --type unclean',
    'quorum remove-voter 7',
  ]) {
    expect(await millrace(line), line).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('--yes'),
    });
  }
  expect(await millrace('quorum remove-voter 7 --yes')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('Node 7 is no voter'),
  });
});

test('an endpoint that is none is refused before anything is sent', async () => {
  const line = 'quorum add-voter 7 --directory-id abcdefghijklmnopqrstuw --endpoint host:9093';
  expect(await millrace(line)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--endpoint') });
});
