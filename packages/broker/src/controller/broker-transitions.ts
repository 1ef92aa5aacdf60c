import {
  BrokerRegistrationChangeRecord,
  UnregisterBrokerRecord,
} from '@millrace/protocol/messages/metadata-records';
import {
  NO_LEADER,
  type BrokerImage,
  type ClusterImage,
  type PartitionImage,
  type TopicImage,
} from '../metadata/cluster-image.ts';
import { hasCordonedDirectories } from '../metadata/features.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerState } from './controller-operation.ts';
import { PartitionRules } from './partition-rules.ts';

/** Values of the `fenced` field of a BrokerRegistrationChange; 0 is no change. */
const FENCE = 1;
const UNFENCE = -1;
/** Value of its `inControlledShutdown` field. */
const IN_CONTROLLED_SHUTDOWN = 1;

/** The broker is not heard of any more, or wants to be left alone: it leaves every ISR and leads nothing. */
export function fenceBroker(state: ControllerState, broker: BrokerImage): MetadataRecord[] {
  return [...removeFromIsrs(state, broker.id), registrationChange(broker, { fenced: FENCE })];
}

/** The broker is up: partitions without a leader may have one again. */
export function unfenceBroker(state: ControllerState, broker: BrokerImage): MetadataRecord[] {
  const rules = new PartitionRules(state, { added: broker.id });
  const records = [registrationChange(broker, { fenced: UNFENCE })];
  for (const [topic, partition] of partitionsOf(state.image)) {
    if (partition.leader === NO_LEADER) records.push(...rules.change(topic, partition, {}));
  }
  return records;
}

/** The broker wants to go: others lead what it leads, while it is still there to be read from. */
export function beginControlledShutdown(state: ControllerState, broker: BrokerImage): MetadataRecord[] {
  const change = registrationChange(broker, { inControlledShutdown: IN_CONTROLLED_SHUTDOWN });
  return [...(broker.inControlledShutdown ? [] : [change]), ...removeFromIsrs(state, broker.id)];
}

/**
 * The broker has started anew. Stopped in order it has everything it ever acknowledged; otherwise what it acknowledged
 * last may be lost, so that it is not eligible any more.
 */
export function removeIncarnation(
  state: ControllerState,
  brokerId: number,
  isClean: boolean,
): MetadataRecord[] {
  return removeFromIsrs(state, brokerId, { isUnclean: !isClean });
}

/** The broker is taken out of the cluster for good; its replicas stay assigned until somebody moves them. */
export function removeBroker(state: ControllerState, broker: BrokerImage): MetadataRecord[] {
  const data = UnregisterBrokerRecord.create({ brokerId: broker.id, brokerEpoch: broker.epoch });
  return [...removeFromIsrs(state, broker.id), { type: 'UnregisterBroker', data }];
}

/** Directories have failed: what is in them is treated like replicas of a broker that is gone. */
export function loseDirectories(
  state: ControllerState,
  broker: BrokerImage,
  offline: readonly string[],
): MetadataRecord[] {
  const lost = broker.directoryIds.filter((id) => offline.includes(id));
  if (lost.length === 0) return [];
  const isThere = ({ replicas, directories }: PartitionImage) =>
    lost.includes(directories[replicas.indexOf(broker.id)] ?? '');
  const logDirs = broker.directoryIds.filter((id) => !lost.includes(id));
  return [
    ...removeFromIsrs(state, broker.id, { isAffected: isThere }),
    registrationChange(broker, { logDirs }),
  ];
}

/**
 * The broker says which of its directories take no new replicas; `null` where it does not say. Who places replicas leaves
 * out a broker without any other (KIP-1066).
 */
export function cordonDirectories(
  { image }: Pick<ControllerState, 'image'>,
  broker: BrokerImage,
  cordoned: readonly string[] | null,
): MetadataRecord[] {
  if (cordoned === null || !hasCordonedDirectories(image)) return [];
  if (isSameSet(cordoned, broker.cordonedDirectoryIds)) return [];
  return [registrationChange(broker, { cordonedLogDirs: [...cordoned] })];
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((id) => b.includes(id)) && b.every((id) => a.includes(id));
}

/** One replica is in a directory that has failed. */
export function lostReplica(
  state: ControllerState,
  brokerId: number,
  topic: TopicImage,
  partition: PartitionImage,
  directories: ReadonlyMap<number, string>,
): MetadataRecord[] {
  const inSyncReplicas = partition.inSyncReplicas.filter((id) => id !== brokerId);
  return new PartitionRules(state, { removed: brokerId }).change(topic, partition, {
    inSyncReplicas,
    directories,
  });
}

/** Takes a broker out of the ISRs it is in, and elects other leaders where it leads. */
function removeFromIsrs(
  state: ControllerState,
  brokerId: number,
  options: {
    readonly isUnclean?: boolean;
    readonly isAffected?: (partition: PartitionImage) => boolean;
  } = {},
): MetadataRecord[] {
  const { isUnclean = false, isAffected = () => true } = options;
  const rules = new PartitionRules(state, { removed: brokerId });
  const records: MetadataRecord[] = [];
  for (const [topic, partition] of partitionsOf(state.image)) {
    const { inSyncReplicas, eligibleLeaderReplicas } = partition;
    const isNamed =
      inSyncReplicas.includes(brokerId) || (isUnclean && eligibleLeaderReplicas.includes(brokerId));
    if (!isNamed || !isAffected(partition)) continue;
    const target = {
      inSyncReplicas: inSyncReplicas.filter((id) => id !== brokerId),
      ...(isUnclean ? { uncleanReplica: brokerId } : {}),
    };
    records.push(...rules.change(topic, partition, target));
  }
  return records;
}

/** Every partition of the cluster with its topic. */
export function* partitionsOf(image: ClusterImage): Generator<readonly [TopicImage, PartitionImage]> {
  for (const topic of image.topics.byId.values()) {
    for (const partition of topic.partitions) yield [topic, partition];
  }
}

function registrationChange(
  { id, epoch }: BrokerImage,
  change: Partial<BrokerRegistrationChangeRecord>,
): MetadataRecord {
  const data = BrokerRegistrationChangeRecord.create({ brokerId: id, brokerEpoch: epoch, ...change });
  return { type: 'BrokerRegistrationChange', data };
}
