import { Broker } from '@millrace/broker';
import { Admin } from '@millrace/client';
import { freePorts } from '@millrace/free-ports';
import { memoryHost } from '@millrace/host';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

const hosts = [memoryHost(), memoryHost(), memoryHost()];
const brokers: Broker[] = [];
let ports: readonly number[];

beforeAll(async () => {
  ports = await freePorts(3);
  const started = hosts.map((host, index) =>
    Broker.start(
      {
        'node.id': index + 1,
        'cluster.id': 'AAAAAAAAAAAAAAAAAAAAAg',
        'process.roles': 'broker,controller',
        'log.dirs': '/data',
        listeners: `PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:${ports[index]}`,
        'controller.listener.names': 'CONTROLLER',
        'controller.quorum.voters': ports.map((port, at) => `${at + 1}@127.0.0.1:${port}`).join(),
        'controller.quorum.election.timeout.ms': 300,
        'controller.quorum.fetch.timeout.ms': 600,
        'broker.heartbeat.interval.ms': 200,
      },
      { host },
    ),
  );
  brokers.push(...(await Promise.all(started)));
});

afterAll(() => Promise.all(brokers.map((broker) => broker.close())));

function server(): string {
  const { host, port } = brokers[0]!.address;
  return `${host}:${port}`;
}

function millrace(line: string): Promise<CommandResult> {
  return runCommand([...line.split(' '), '--bootstrap-server', server()], { host: hosts[0]! });
}

async function voters(): Promise<{ nodeId: number; directoryId: string }[]> {
  return JSON.parse((await millrace('quorum describe --output json')).stdout).voters;
}

test('voters of "controller.quorum.voters" come and go once kraft.version is upgraded', async () => {
  const refused = await millrace('quorum remove-voter 3 --yes');
  expect(refused.stderr).toContain('kraft.version is 0');
  await using admin = new Admin({ 'bootstrap.servers': server() });
  for (;;) {
    try {
      await admin.updateFeatures([{ feature: 'kraft.version', level: 1 }]);
      break;
    } catch (error) {
      expect(String(error)).toMatch(/not told the leader yet|does not know yet what is committed/);
    }
  }
  const third = (await voters()).find(({ nodeId }) => nodeId === 3)!;
  expect((await millrace('quorum remove-voter 3 --yes')).stdout).toBe('Controller 3 votes no more\n');
  expect((await voters()).map(({ nodeId }) => nodeId)).toEqual([1, 2]);
  const add = `quorum add-voter 3 --directory-id ${third.directoryId} --endpoint CONTROLLER://127.0.0.1:${ports[2]}`;
  let added = await millrace(add);
  while (added.stderr.includes('has not caught up')) added = await millrace(add);
  expect(added.stdout).toBe('Controller 3 votes now\n');
  expect(await voters()).toContainEqual(
    expect.objectContaining({ nodeId: 3, directoryId: third.directoryId }),
  );
});
