import { silentLogger, type Host } from '@millrace/host';
import { LogManager } from '@millrace/log';
import { buildBatch, decodeRecords, recordBatches } from '@millrace/protocol';
import { MetadataQuorum } from '../quorum/metadata-quorum.ts';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from '../quorum/metadata-topic.ts';
import { metadataLogConfig } from '../quorum/quorum-log.ts';
import type { QuorumLeader, QuorumListener, QuorumSnapshot } from '../quorum/quorum-listener.ts';
import type { MetadataQuorumOptions } from '../quorum/quorum-options.ts';
import { defaultQuorumSettings } from '../quorum/quorum-settings.ts';
import { VoterSet } from '../quorum/voter-set.ts';

export const CLUSTER_ID = 'Y2x1c3Rlcl9mb3JfdGVzdA';
export const DIRECTORY_ID = 'ZGlyZWN0b3J5LTEtdGVzdA';

/** Remembers what it was told. */
export class RecordedListener implements QuorumListener {
  /** Values of the records that were delivered, by offset. */
  readonly values = new Map<number, string>();
  readonly snapshots: QuorumSnapshot[] = [];
  readonly leaders: QuorumLeader[] = [];
  #waiting: (() => void)[] = [];

  onCommitted(batches: Buffer): void {
    for (const batch of recordBatches(batches)) {
      if (batch.isControl) continue;
      for (const { offset, value } of decodeRecords(batch)) this.values.set(offset, String(value));
    }
    this.#wake();
  }

  onSnapshot(snapshot: QuorumSnapshot): void {
    this.snapshots.push(snapshot);
    this.#wake();
  }

  onLeaderChange(leader: QuorumLeader): void {
    this.leaders.push(leader);
    this.#wake();
  }

  /** Resolves as soon as something that it was told makes `condition` true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const woken = this.#waiting;
    this.#waiting = [];
    for (const wake of woken) wake();
  }
}

export interface OpenedQuorum {
  readonly manager: LogManager;
  readonly quorum: MetadataQuorum;
  readonly listener: RecordedListener;
  readonly close: () => Promise<void>;
}

/** A node with its log on `host`, a quorum of its own unless the options say otherwise. */
export async function openQuorum(
  host: Host,
  directory: string,
  options: Partial<MetadataQuorumOptions> = {},
): Promise<OpenedQuorum> {
  const manager = await LogManager.open({ host, logDirs: [directory] });
  const config = metadataLogConfig(1 << 30);
  const existing = manager.get(METADATA_TOPIC, 0);
  existing?.updateConfig(config);
  const log =
    existing ??
    (await manager.create({ topic: METADATA_TOPIC, partition: 0, topicId: METADATA_TOPIC_ID, config }));
  const listener = new RecordedListener();
  const quorum = await MetadataQuorum.open({
    host,
    logger: silentLogger,
    log,
    nodeId: 1,
    directoryId: DIRECTORY_ID,
    clusterId: CLUSTER_ID,
    staticVoters: VoterSet.alone(1),
    isController: true,
    endpoints: () => [],
    settings: defaultQuorumSettings,
    peers: { clientId: 'test' },
    listener,
    ...options,
  });
  const close = async (): Promise<void> => {
    await quorum.close();
    await manager.close();
  };
  return { manager, quorum, listener, close };
}

export function valueBatch(...values: string[]): Buffer {
  return buildBatch(values.map((value) => ({ timestampMs: 1700000000000, key: null, value })));
}
