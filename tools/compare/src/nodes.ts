import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '@millrace/apache-kafka-peer';
import { freePort } from '@millrace/free-ports';
import { ErrorCode } from '@millrace/protocol';
import { startBroker } from '@millrace/testing';
import { apiVersions } from './apis.ts';
import type { CommonVersions, PeerAddress } from './peer.ts';
import { RawConnection } from './raw-connection.ts';

/** One node of each kind, started with the same properties. */
export interface Nodes extends AsyncDisposable {
  readonly kafka: PeerAddress;
  readonly millrace: PeerAddress;
  readonly commonVersions: CommonVersions;
}

/** What Apache Kafka needs to answer a lone client at once; Millrace gets the same. */
const defaults = {
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.num.partitions': '4',
  'transaction.state.log.num.partitions': '4',
};

/** @param hasController whether scripts speak to the listener for controllers, which a Millrace node alone has not */
export async function startNodes(
  properties: Readonly<Record<string, string>>,
  hasController = false,
): Promise<Nodes> {
  const both = { ...defaults, ...properties };
  const directories = mkdtempSync(join(tmpdir(), 'compare-'));
  const kafka = await startKafka({ properties: withOwnDirectories(both, join(directories, 'kafka')) });
  const controllerPort = await freePort();
  const millrace = await startBroker({
    storage: 'temporary',
    properties: {
      ...withOwnDirectories(both, join(directories, 'millrace')),
      ...(hasController ? withController(controllerPort) : {}),
    },
  });
  const theirs = { ...addressOf(kafka.bootstrapServers), controller: addressOf(kafka.controller) };
  const ours = {
    ...addressOf(millrace.bootstrapServers),
    controller: addressOf(`127.0.0.1:${controllerPort}`),
  };
  const versions = intersect(await advertised(theirs), await advertised(ours));
  return {
    kafka: theirs,
    millrace: ours,
    commonVersions: (apiKey) => versions.get(apiKey) ?? [],
    async [Symbol.asyncDispose]() {
      await millrace.close();
      await kafka[Symbol.asyncDispose]();
      rmSync(directories, { recursive: true, force: true });
    },
  };
}

/** Scripts name directories relatively: each node has its own. */
function withOwnDirectories(
  properties: Readonly<Record<string, string>>,
  parent: string,
): Readonly<Record<string, string>> {
  const own = Object.entries(properties).map(([name, value]) =>
    name === 'log.dirs' || name === 'metadata.log.dir'
      ? [
          name,
          value
            .split(',')
            .map((directory) => join(parent, directory))
            .join(','),
        ]
      : [name, value],
  );
  return Object.fromEntries(own) as Record<string, string>;
}

/** As the peer's configuration has it. */
function withController(port: number): Readonly<Record<string, string>> {
  return {
    // A node that names its voters is one of a cluster, which must be told which one that is.
    'cluster.id': 'compareClusterAAAAAAAA',
    listeners: `PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  };
}

function addressOf(bootstrapServers: string): PeerAddress {
  const [host = '', port = ''] = bootstrapServers.split(':');
  return { host, port: Number(port) };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

async function advertised(address: PeerAddress): Promise<Map<number, Range>> {
  const connection = await RawConnection.open(address);
  const answer = await connection.ask(apiVersions, 3, {
    clientSoftwareName: 'compare',
    clientSoftwareVersion: '1',
  });
  connection.destroy();
  if ('noAnswer' in answer || answer.errorCode !== ErrorCode.NONE) {
    throw new Error(`${address.host}:${address.port} does not say which versions it has`);
  }
  return new Map(
    answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
      apiKey,
      { min: minVersion, max: maxVersion },
    ]),
  );
}

function intersect(
  a: ReadonlyMap<number, Range>,
  b: ReadonlyMap<number, Range>,
): Map<number, readonly number[]> {
  const common = new Map<number, readonly number[]>();
  for (const [apiKey, { min, max }] of a) {
    const other = b.get(apiKey);
    if (other === undefined) continue;
    const [from, to] = [Math.max(min, other.min), Math.min(max, other.max)];
    common.set(
      apiKey,
      Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index),
    );
  }
  return common;
}
