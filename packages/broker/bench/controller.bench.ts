/**
 * The decisions of the controller and the images they lead to, without disks and networks: what the event loop of the
 * active controller is busy with. Times are CPU of the process.
 *
 * Alone: `node --conditions=@millrace/source packages/broker/bench/controller.bench.ts`.
 */
import { createTopics } from '../src/controller/create-topics.ts';
import { expireBroker } from '../src/controller/expire-broker.ts';
import { Cluster } from '../src/controller/testing/cluster.ts';
import { emptyImage, ImageBuilder } from '../src/metadata/image-builder.ts';
import { imageRecords } from '../src/metadata/image-records.ts';
import { decodeMetadataRecord, encodeMetadataRecord } from '../src/metadata/metadata-record.ts';

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: number;
}

type Report = (row: BenchRow) => void;

const BROKERS = [1, 2, 3];
const PARTITIONS_PER_TOPIC = 10;

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 100) / 10;
}

/** One request for each topic, as tools send them. */
function createAll(cluster: Cluster, count: number): void {
  const rest = {
    numPartitions: PARTITIONS_PER_TOPIC,
    replicationFactor: BROKERS.length,
    assignments: [],
    configs: [],
  };
  for (let index = 0; index < count; index++) {
    cluster.run((state) => createTopics(state, [{ name: `topic-${index}`, ...rest }], false));
  }
}

function measure(
  topicCount: number,
  targets: { readonly create?: number; readonly fence?: number },
  report: Report,
): void {
  const cluster = Cluster.of(BROKERS);
  const partitionCount = topicCount * PARTITIONS_PER_TOPIC;
  const of = `${partitionCount} partitions in ${topicCount} topics`;
  const creating = cpuMs(() => createAll(cluster, topicCount));
  report({ metric: `create ${of}, one by one`, value: creating, unit: 'ms', ...target(targets.create) });
  cluster.wait(5000);
  for (const id of BROKERS.slice(1)) cluster.heartbeat(id);
  cluster.wait(5000);
  const fencing = cpuMs(() => cluster.run(expireBroker));
  const metric = `fence a broker in sync with ${partitionCount} partitions`;
  report({ metric, value: fencing, unit: 'ms', ...target(targets.fence) });
  const beats = cpuMs(() => {
    for (let count = 0; count < 1000; count++) cluster.heartbeat(2);
  });
  report({ metric: `1,000 heartbeats with ${of}`, value: beats, unit: 'ms' });
  const values = cluster.records.map(encodeMetadataRecord);
  const replay = cpuMs(() => {
    const builder = new ImageBuilder(emptyImage);
    for (const [offset, value] of values.entries())
      builder.apply(decodeMetadataRecord(value, offset), offset, 0);
    builder.build();
  });
  report({ metric: `replay of ${of}`, value: replay, unit: 'ms' });
  const snapshot = cpuMs(() => {
    for (const record of imageRecords(cluster.image)) encodeMetadataRecord(record);
  });
  report({ metric: `snapshot of ${of}`, value: snapshot, unit: 'ms' });
}

function target(value: number | undefined): { target?: number } {
  return value === undefined ? {} : { target: value };
}

export const suite = {
  name: 'controller',
  async run(report: Report): Promise<void> {
    measure(500, { fence: 200 }, report);
    measure(1000, { create: 2000 }, report);
    measure(5000, {}, report);
  },
};

if (import.meta.main) await suite.run((row) => void process.stdout.write(`${JSON.stringify(row)}\n`));
