import { KafkaError } from '@millrace/protocol';
import type { CreateTopicsRequestCreatableTopic } from '@millrace/protocol/messages/create-topics';
import { ConfigRecord, TopicRecord } from '@millrace/protocol/messages/metadata-records';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import { MAX_RECORDS_PER_BATCH } from '../metadata/metadata-batch.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { canCollide, collisionKey, topicNameProblem } from '../metadata/topic-names.ts';
import { freeOfCharge, type ChargePartitions } from '../quota/mutation-quota.ts';
import { checkTopicConfig } from './check-config-values.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { partitionRecords } from './partition-records.ts';
import { assignReplicas, checkManualReplicas, type ReplicaAssignment } from './replica-assignment.ts';
import { duplicates, refuse } from './topic-request-error.ts';

/** A topic to create, as in the request; -1 for counts means the default. */
export type NewTopic = Pick<
  CreateTopicsRequestCreatableTopic,
  'name' | 'numPartitions' | 'replicationFactor' | 'assignments' | 'configs'
>;

/** Outcome for one topic of the request. */
export interface CreatedTopic {
  readonly name: string;
  readonly error: KafkaError | undefined;
  readonly topicId: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /** Overrides it was created with. */
  readonly configs: ReadonlyMap<string, string>;
}

/** Creates what can be created of `topics`, and says of each how it went. */
export function createTopics(
  state: ControllerState,
  topics: readonly NewTopic[],
  validateOnly: boolean,
  charge: ChargePartitions = freeOfCharge.charge,
): ControllerResult<CreatedTopic[]> {
  const twice = duplicates(topics.map(({ name }) => name));
  const names = new Set<string>();
  const records: MetadataRecord[] = [];
  const taken = new TakenNames(state.image);
  const response: CreatedTopic[] = [];
  for (const topic of topics) {
    if (names.has(topic.name)) continue;
    names.add(topic.name);
    try {
      if (twice.has(topic.name)) throw refuse('INVALID_REQUEST', `Duplicate topic name "${topic.name}".`);
      const { topicRecords, created } = createTopic(state, topic, taken);
      if (records.length + topicRecords.length > MAX_RECORDS_PER_BATCH) {
        throw refuse('POLICY_VIOLATION', 'Excessively large number of partitions per request.');
      }
      charge(created.partitionCount);
      records.push(...topicRecords);
      taken.add(topic.name);
      response.push(created);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      response.push(refused(topic.name, error));
    }
  }
  return { records: validateOnly ? [] : records, response };
}

function createTopic(state: ControllerState, topic: NewTopic, taken: TakenNames) {
  const { image } = state;
  checkName(topic.name, taken);
  const configs = checkConfigs(topic);
  const assignment =
    topic.assignments.length > 0 ? manualAssignment(image, topic) : defaultAssignment(state, topic);
  const topicId = state.newUuid();
  const topicRecord: MetadataRecord = {
    type: 'Topic',
    data: TopicRecord.create({ name: topic.name, topicId }),
  };
  const configRecords = [...configs].map(([name, value]): MetadataRecord => ({
    type: 'Config',
    data: ConfigRecord.create({
      resourceType: ConfigResourceType.TOPIC,
      resourceName: topic.name,
      name,
      value,
    }),
  }));
  const topicRecords = [topicRecord, ...configRecords, ...partitionRecords(image, topicId, 0, assignment)];
  const created: CreatedTopic = {
    name: topic.name,
    error: undefined,
    topicId,
    partitionCount: assignment.length,
    replicationFactor: assignment[0]!.length,
    configs,
  };
  return { topicRecords, created };
}

function checkName(name: string, taken: TakenNames): void {
  const problem = topicNameProblem(name);
  if (problem !== undefined) throw refuse('INVALID_TOPIC_EXCEPTION', problem);
  if (taken.has(name)) throw refuse('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
  const colliding = taken.collidingWith(name);
  if (colliding !== undefined) {
    throw refuse('INVALID_TOPIC_EXCEPTION', `Topic '${name}' collides with existing topic: ${colliding}`);
  }
}

function checkConfigs({ name, configs }: NewTopic): ReadonlyMap<string, string> {
  const checked = new Map<string, string>();
  for (const { name: key, value } of configs) {
    if (value === null) {
      throw refuse('INVALID_CONFIG', `Null value not supported for topic configs: ${key} of topic '${name}'`);
    }
    checkTopicConfig(key, value);
    checked.set(key, value);
  }
  return checked;
}

function defaultAssignment(state: ControllerState, topic: NewTopic): ReplicaAssignment {
  const { config } = state;
  const { numPartitions, replicationFactor } = topic;
  if (replicationFactor === 0 || replicationFactor < -1) {
    throw refuse(
      'INVALID_REPLICATION_FACTOR',
      'Replication factor must be larger than 0, or -1 to use the default value.',
    );
  }
  if (numPartitions === 0 || numPartitions < -1) {
    throw refuse('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.');
  }
  const count = numPartitions === -1 ? config.values['num.partitions'] : numPartitions;
  if (count > MAX_RECORDS_PER_BATCH) {
    throw refuse('POLICY_VIOLATION', 'Excessively large number of partitions per request.');
  }
  return assignReplicas(state, {
    count,
    replicationFactor:
      replicationFactor === -1 ? config.values['default.replication.factor'] : replicationFactor,
  });
}

function manualAssignment(image: ClusterImage, topic: NewTopic): ReplicaAssignment {
  if (topic.replicationFactor !== -1) {
    throw refuse(
      'INVALID_REQUEST',
      'A manual partition assignment was specified, but replication factor was not set to -1.',
    );
  }
  if (topic.numPartitions !== -1) {
    throw refuse(
      'INVALID_REQUEST',
      'A manual partition assignment was specified, but numPartitions was not set to -1.',
    );
  }
  const replicasOf = new Map<number, readonly number[]>();
  for (const { partitionIndex, brokerIds } of topic.assignments) {
    if (replicasOf.has(partitionIndex)) {
      throw refuse(
        'INVALID_REPLICA_ASSIGNMENT',
        `Found multiple manual partition assignments for partition ${partitionIndex}`,
      );
    }
    checkManualReplicas(image, partitionIndex, brokerIds, topic.assignments[0]!.brokerIds.length);
    replicasOf.set(partitionIndex, brokerIds);
  }
  return Array.from({ length: replicasOf.size }, (_, index) => {
    const replicas = replicasOf.get(index);
    if (replicas !== undefined) return replicas;
    throw refuse('INVALID_REPLICA_ASSIGNMENT', 'partitions should be a consecutive 0-based integer sequence');
  });
}

function refused(name: string, error: KafkaError): CreatedTopic {
  return { name, error, topicId: '', partitionCount: -1, replicationFactor: -1, configs: new Map() };
}

/** Names in use, those of earlier topics of the same request included. */
class TakenNames {
  readonly #image: ClusterImage;
  readonly #added = new Set<string>();
  /** Of those that were added and can collide. */
  readonly #addedByKey = new Map<string, string>();

  constructor(image: ClusterImage) {
    this.#image = image;
  }

  add(name: string): void {
    this.#added.add(name);
    if (canCollide(name)) this.#addedByKey.set(collisionKey(name), name);
  }

  has(name: string): boolean {
    return this.#image.topics.byName.has(name) || this.#added.has(name);
  }

  collidingWith(name: string): string | undefined {
    if (!canCollide(name)) return undefined;
    return this.#image.topics.nameCollidingWith(name) ?? this.#addedByKey.get(collisionKey(name));
  }
}
