import { silentLogger, type Host } from '@millrace/host';
import { decodeRecords, recordBatches, type DecodedRecord, type RecordBatch } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { defineApi } from '../cluster/api.ts';
import { Cluster } from '../cluster/cluster.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { testSettings } from './cluster-settings.ts';

const FETCH = defineApi(FetchRequest, FetchResponse);
/** The last version that names topics. */
const LAST_VERSION_WITH_NAMES = 12;
const MAX_BYTES = 50_000_000;

/** Everything in a partition as batches, read by plain Fetch requests: what the broker really has. */
export async function readBatches(
  host: Host,
  bootstrapServers: string,
  topic: string,
  partition = 0,
): Promise<RecordBatch[]> {
  const cluster = new Cluster(testSettings(host, [bootstrapServers], { logger: silentLogger }));
  const batches: RecordBatch[] = [];
  try {
    await cluster.refresher.topic(topic, { timeoutMs: 5000, limitedBy: 'the test' });
    for (let fetchOffset = 0; ;) {
      const more = await fetchBatches(cluster, topic, partition, fetchOffset);
      if (more.length === 0) return batches;
      batches.push(...more);
      fetchOffset = more.at(-1)!.nextOffset;
    }
  } finally {
    await cluster.close({ drain: false });
  }
}

/** The records of a partition, in order. */
export async function readTopic(
  host: Host,
  bootstrapServers: string,
  topic: string,
  partition = 0,
): Promise<DecodedRecord[]> {
  const batches = await readBatches(host, bootstrapServers, topic, partition);
  return batches.flatMap((batch) => decodeRecords(batch));
}

async function fetchBatches(
  cluster: Cluster,
  topic: string,
  partition: number,
  fetchOffset: number,
): Promise<RecordBatch[]> {
  const { response } = await cluster.send({
    to: { leaderOf: { topic, partition } },
    api: FETCH,
    versions: { maxVersion: LAST_VERSION_WITH_NAMES },
    message: {
      replicaId: -1,
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: MAX_BYTES,
      isolationLevel: 0,
      topics: [{ topic, partitions: [{ partition, fetchOffset, partitionMaxBytes: MAX_BYTES }] }],
      forgottenTopicsData: [],
    },
  });
  const answer = response.responses[0]!.partitions[0]!;
  if (answer.errorCode !== 0) throw kafkaFailure(answer.errorCode, `Reading ${topic}-${partition}`);
  return recordBatches(answer.records ?? Buffer.alloc(0));
}
