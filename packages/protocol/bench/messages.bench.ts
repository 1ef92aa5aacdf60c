/**
 * Messages against the other clients of the npm registry, in the same process and on the same content: reading a
 * Metadata response, as a client does when it starts, and writing an OffsetCommit request.
 *
 * Alone: `node --conditions=@millrace/source packages/protocol/bench/messages.bench.ts`.
 */
import { createRequire } from 'node:module';
import { WireReader, WireWriter, ZERO_UUID } from '@millrace/protocol';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit';
import { cpuRates } from './cpu-rates.ts';

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
}

const TOPICS = 100;
const PARTITIONS = 6;
const GROUP_TOPICS = 10;
const GROUP_PARTITIONS = 10;

const metadata = {
  brokers: [{ nodeId: 1, host: 'localhost', port: 9092, rack: null }],
  clusterId: 'cluster',
  controllerId: 1,
  topics: numbers(TOPICS).map((topic) => ({
    errorCode: 0,
    name: `topic-name-${topic}`,
    topicId: ZERO_UUID,
    isInternal: false,
    partitions: numbers(PARTITIONS).map((partitionIndex) => ({
      errorCode: 0,
      partitionIndex,
      leaderId: 1,
      leaderEpoch: 4,
      replicaNodes: [1, 2, 3],
      isrNodes: [1, 2, 3],
      offlineReplicas: [],
    })),
  })),
};

const commit = {
  groupId: 'group',
  generationIdOrMemberEpoch: 4,
  memberId: 'consumer-1-0123456789',
  topics: numbers(GROUP_TOPICS).map((topic) => ({
    name: `topic-${topic}`,
    partitions: numbers(GROUP_PARTITIONS).map((partitionIndex) => ({
      partitionIndex,
      committedOffset: 12_345_678_901,
      committedLeaderEpoch: 3,
      committedMetadata: '',
    })),
  })),
};

export const suite = {
  name: 'messages',
  async run(report: (row: BenchRow) => void): Promise<void> {
    await readRows(report);
    await writeRows(report);
  },
};

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

async function readRows(report: (row: BenchRow) => void): Promise<void> {
  const { metadataV12, Reader } = await import('@platformatic/kafka');
  const require = createRequire(import.meta.url);
  const kafkajs = require('kafkajs/src/protocol/requests/metadata/v6/response') as {
    decode(bytes: Buffer): Promise<{ topicMetadata: unknown[] }>;
  };
  const [flexible, plain] = [encodeMetadata(12), encodeMetadata(6)];
  const rates = await cpuRates({
    flexible: () => MetadataResponse.read(new WireReader(flexible), 12).topics.length,
    plain: () => MetadataResponse.read(new WireReader(plain), 6).topics.length,
    platformatic: () => metadataV12.parseResponse(1, 3, 12, Reader.from(flexible)).topics.length,
    kafkajs: async () => (await kafkajs.decode(plain)).topicMetadata.length,
  });
  const name = `read Metadata response, ${TOPICS} topics x ${PARTITIONS}`;
  report(rowOf(`${name}, version 12`, rates.flexible!, '@platformatic/kafka', rates.platformatic!));
  report(rowOf(`${name}, version 6`, rates.plain!, 'kafkajs', rates.kafkajs!));
}

function encodeMetadata(version: number): Buffer {
  const writer = new WireWriter();
  MetadataResponse.write(writer, metadata, version);
  return writer.toBuffer();
}

async function writeRows(report: (row: BenchRow) => void): Promise<void> {
  const { offsetCommitV8 } = await import('@platformatic/kafka');
  const require = createRequire(import.meta.url);
  const kafkajsRequest = require('kafkajs/src/protocol/requests/offsetCommit/v5/request') as (
    payload: object,
  ) => {
    encode(): Promise<{ buffer: Buffer }>;
  };
  const rates = await cpuRates({
    flexible: () => encodeCommit(8),
    plain: () => encodeCommit(5),
    platformatic: () => encodePlatformatic(offsetCommitV8.createRequest),
    kafkajs: async () => (await kafkajsRequest(kafkajsCommit).encode()).buffer.length,
  });
  const name = `write OffsetCommit request, ${GROUP_TOPICS} topics x ${GROUP_PARTITIONS}`;
  report(rowOf(`${name}, version 8`, rates.flexible!, '@platformatic/kafka', rates.platformatic!));
  report(rowOf(`${name}, version 5`, rates.plain!, 'kafkajs', rates.kafkajs!));
}

function encodeCommit(version: number): number {
  const writer = new WireWriter();
  OffsetCommitRequest.write(writer, version < 6 ? olderCommit : commit, version);
  return writer.toBuffer().length;
}

const olderCommit = { ...commit, topics: withoutEpochs() };

function withoutEpochs(): (typeof commit)['topics'] {
  return commit.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((partition) => ({ ...partition, committedLeaderEpoch: -1 })),
  }));
}

const platformaticTopics = commit.topics.map(({ name, partitions }) => ({
  name,
  partitions: partitions.map((partition) => ({
    ...partition,
    committedOffset: BigInt(partition.committedOffset),
  })),
}));

type CreateRequest = (
  groupId: string,
  generation: number,
  memberId: string,
  instanceId: null,
  topics: typeof platformaticTopics,
) => { readonly buffer: Buffer };

function encodePlatformatic(createRequest: unknown): number {
  const create = createRequest as CreateRequest;
  return create(commit.groupId, 4, commit.memberId, null, platformaticTopics).buffer.length;
}

const kafkajsCommit = {
  groupId: commit.groupId,
  groupGenerationId: 4,
  memberId: commit.memberId,
  topics: commit.topics.map(({ name, partitions }) => ({
    topic: name,
    partitions: partitions.map((partition) => ({
      partition: partition.partitionIndex,
      offset: String(partition.committedOffset),
      metadata: '',
    })),
  })),
};

function rowOf(metric: string, own: number, peer: string, other: number): BenchRow {
  return { metric, value: own, unit: 'messages/CPU s', peer, ratio: own / other };
}

if (process.argv[1] === import.meta.filename) {
  await suite.run(({ metric, value, unit, peer, ratio }) => {
    const rate = Math.round(value).toLocaleString('en-US');
    process.stdout.write(`${metric}: ${rate} ${unit}, ${ratio?.toFixed(1)}x ${peer}\n`);
  });
}
