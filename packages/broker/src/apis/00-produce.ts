import { Turns } from '@millrace/host';
import { InvalidRecordsError } from '@millrace/log';
import {
  ApiKey,
  batchBaseSequence,
  batchCompressionId,
  batchProducerEpoch,
  batchProducerId,
  batchSizeBytes,
  CompressionType,
  ErrorCode,
  isBatchTransactional,
  KafkaError,
  kafkaErrorName,
  LOG_OVERHEAD,
  RECORD_BATCH_OVERHEAD,
  ZERO_UUID,
} from '@millrace/protocol';
import {
  ProduceRequest,
  ProduceResponse,
  type ProduceRequestTopicProduceData,
  type ProduceResponseInput,
  type ProduceResponsePartitionProduceResponseInput,
} from '@millrace/protocol/messages/produce';
import { JointAppend } from '../partitions/joint-append.ts';
import { ReplicationWait } from '../partitions/replication-wait.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import type { VerificationGuard } from '../partitions/verification-guard.ts';
import { coverPartitions, type Coverage, type TransactionalBatch } from '../transaction/cover-partitions.ts';
import { EPOCH_BUMP_VERSION } from '../transaction/transaction-metadata.ts';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { isInternalTopic } from '../metadata/topic-names.ts';
import { requireLeader } from '../partitions/require-leader.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { closeConnection, defineHandler, noResponse, type RequestContext } from './handler.ts';
import { nodeEndpoints } from './leader-hint.ts';
import { toKafkaError } from './to-kafka-error.ts';

type PartitionResponse = ProduceResponsePartitionProduceResponseInput;

/** Answered when all replicas in sync have the records. */
const ACKS_ALL = -1;
const FIRST_BY_ID = 13;
/** Clients of this version leave it to the broker to add partitions to their transactions (KIP-890). */
const FIRST_WITH_EPOCH_BUMP = 12;
const FIRST_WITH_ZSTD = 7;
const FIRST_WITH_LEADER_HINT = 10;
const FIRST_WITH_TRANSACTION_ABORTABLE = 11;
/** KAFKA_STORAGE_ERROR is newer than these versions; their clients know NOT_LEADER_OR_FOLLOWER. */
const LAST_WITHOUT_STORAGE_ERROR = 3;
/** The only client that may write to internal topics: Kafka's own tools, when they repair. */
const ADMIN_CLIENT_ID = '__admin_client';

/** What the coordinator said of a transactional batch, to whom. */
interface CoveredBatch extends Coverage {
  readonly leader: LeaderPartition;
}

/** What is known of the transactional batches of a request. */
type CoveredBatches = ReadonlyMap<Buffer, CoveredBatch>;

const noCoverage: CoveredBatches = new Map();

const errorsWithoutLogStart: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.UNKNOWN_TOPIC_ID,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.MESSAGE_TOO_LARGE,
  ErrorCode.RECORD_LIST_TOO_LARGE,
  ErrorCode.CORRUPT_MESSAGE,
  ErrorCode.KAFKA_STORAGE_ERROR,
]);

export const produce = defineHandler({
  key: ApiKey.PRODUCE,
  minVersion: 3,
  maxVersion: 13,
  // Older librdkafka looks for Produce 0 to decide which codecs a broker knows (KAFKA-18659).
  advertisedMinVersion: 0,
  request: ProduceRequest,
  response: ProduceResponse,

  authorize(request, context) {
    const { transactionalId } = request;
    if (transactionalId !== null) requireAllowed(context, 'WRITE', 'TRANSACTIONAL_ID', transactionalId);
    else if (hasTransactionalBatch(request)) {
      throw new KafkaError(
        'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
        'A transactional batch came without a transactional id',
      );
    }
  },

  validate(request) {
    const { acks } = request;
    if (acks < -1 || acks > 1) {
      throw new KafkaError('INVALID_REQUIRED_ACKS', `acks is ${acks}, but must be -1, 0 or 1`);
    }
    checkOneProducer(request);
  },

  async handle(request, context) {
    const covered = request.transactionalId === null ? noCoverage : await coverBatches(request, context);
    const responses = await appendAll(request, covered, context);
    if (request.acks === 0) return responses.some(hasError) ? closeConnection : noResponse;
    return withEndpoints({ responses, throttleTimeMs: 0 }, context);
  },

  fail(error, request) {
    if (request.acks === 0) return closeConnection;
    return {
      responses: request.topicData.map(({ name, topicId, partitionData }) => ({
        name,
        topicId,
        partitionResponses: partitionData.map(({ index }) => failed(index, error)),
      })),
      throttleTimeMs: 0,
    };
  },
});

async function appendAll(request: ProduceRequest, covered: CoveredBatches, context: RequestContext) {
  const isForAll = request.acks === ACKS_ALL;
  const wait = isForAll
    ? new ReplicationWait<PartitionResponse>(context.broker.host, request.timeoutMs)
    : undefined;
  const joint = isForSeveral(request) ? new JointAppend() : undefined;
  try {
    return await appendEach(request, { covered, context, wait, joint });
  } finally {
    joint?.end();
  }
}

function isForSeveral({ topicData }: ProduceRequest): boolean {
  return topicData.length > 1 || topicData.some(({ partitionData }) => partitionData.length > 1);
}

/** Started in order: the logs keep the order per partition and write in parallel. */
async function appendEach(request: ProduceRequest, parts: AppendParts) {
  const { wait, context } = parts;
  const turns = new Turns(context.broker.host);
  const started = request.topicData.map((topic) => ({ topic, answers: [] as Promise<PartitionResponse>[] }));
  for (const { topic, answers } of started) {
    for (const { index, records } of topic.partitionData) {
      // A hundred megabytes must not keep everybody else waiting.
      if (turns.isOver) await turns.next();
      answers.push(appendPartition(topic, index, records, parts));
    }
  }
  const responses: ProduceResponseInput['responses'][number][] = [];
  for (const { topic, answers } of started)
    responses.push({
      name: topic.name,
      topicId: topic.topicId,
      partitionResponses: await Promise.all(answers),
    });
  parts.joint?.end();
  // All are in the log before the first is waited for. Without followers there is nothing to wait for.
  if (wait?.isOpen === true) await waitForReplicas(wait, context);
  return responses;
}

/** What is not on enough replicas in time is answered so; it stays in the log, and may be committed later. */
async function waitForReplicas(
  wait: ReplicationWait<PartitionResponse>,
  context: RequestContext,
): Promise<void> {
  for (const { item, partition, error } of await wait.settled()) {
    const refusal = new KafkaError(
      error,
      `Records for ${partition.topic}-${partition.index} are not on enough replicas`,
    );
    const answer = withLogStart(failed(item.index, refusal), partition);
    Object.assign(item, withLeaderHint(inVersion(answer, context.version), partition.topic, context));
  }
}

interface AppendParts {
  readonly covered: CoveredBatches;
  readonly context: RequestContext;
  /** With acks=all: who waits for the replicas. */
  readonly wait: ReplicationWait<PartitionResponse> | undefined;
  /** Of several partitions. */
  readonly joint: JointAppend | undefined;
}

async function appendPartition(
  topic: ProduceRequestTopicProduceData,
  index: number,
  records: Buffer | null,
  { covered, context, wait, joint }: AppendParts,
): Promise<PartitionResponse> {
  const { broker, version, clientId } = context;
  let topicName = topic.name;
  /** Whose log was asked to append. */
  let asked: LeaderPartition | undefined;
  try {
    topicName = resolveTopic(topic, context);
    requireAllowed(context, 'WRITE', 'TOPIC', topicName);
    const partition = requireLeader(broker, topicName, index);
    if (isInternalTopic(topicName) && clientId !== ADMIN_CLIENT_ID) {
      throw new KafkaError(
        'INVALID_TOPIC_EXCEPTION',
        `Clients cannot write to the internal topic ${topicName}`,
      );
    }
    const batch = requireBatch(records, version);
    const verification = requireCoverage(batch, covered, partition);
    const { configs } = broker.image;
    const checked = broker.schemaValidation.check(
      topicName,
      configs.of(ConfigResourceType.TOPIC, topicName),
      batch,
    );
    if (checked !== undefined) await checked;
    asked = partition;
    joint?.add(partition);
    const acks = wait === undefined ? 1 : ACKS_ALL;
    const result = await partition.append(batch, 'client', { verification, acks });
    const response: PartitionResponse = {
      index,
      errorCode: ErrorCode.NONE,
      baseOffset: result.baseOffset,
      logAppendTimeMs: result.logAppendTimeMs,
      logStartOffset: result.logStartOffset,
    };
    wait?.add(partition, result.lastOffset + 1, response);
    return response;
  } catch (error) {
    const refusal = withLogStart(failed(index, toKafkaError(error)), asked);
    return withLeaderHint(inVersion(refusal, version), topicName, context);
  }
}

function resolveTopic(
  { name, topicId }: ProduceRequestTopicProduceData,
  { broker, version }: RequestContext,
) {
  if (version < FIRST_BY_ID) return name;
  const topic = topicId === ZERO_UUID ? undefined : broker.image.topics.byId.get(topicId);
  if (topic === undefined) throw new KafkaError('UNKNOWN_TOPIC_ID', `No topic has the id ${topicId}`);
  return topic.name;
}

/** What can be refused from the header; the log checks the rest. */
function requireBatch(records: Buffer | null, version: number): Buffer {
  if (records === null || records.length < RECORD_BATCH_OVERHEAD || hasAnotherBatch(records)) {
    throw new KafkaError('INVALID_RECORD', 'A partition of a produce request needs exactly one record batch');
  }
  if (version < FIRST_WITH_ZSTD && batchCompressionId(records, 0) === CompressionType.zstd) {
    throw new KafkaError(
      'UNSUPPORTED_COMPRESSION_TYPE',
      `zstd needs Produce 7, the request has version ${version}`,
    );
  }
  return records;
}

/** Whether a second batch follows; what is cut off or damaged is for the log to refuse. */
function hasAnotherBatch(records: Buffer): boolean {
  const size = batchSizeBytes(records, 0);
  const left = records.length - size;
  return size >= RECORD_BATCH_OVERHEAD && left >= LOG_OVERHEAD && batchSizeBytes(records, size) <= left;
}

/** The partition must belong to the transaction. @throws KafkaError */
function requireCoverage(
  batch: Buffer,
  covered: CoveredBatches,
  partition: LeaderPartition,
): VerificationGuard | undefined {
  if (covered === noCoverage || !isBatchTransactional(batch, 0)) return undefined;
  const coverage = covered.get(batch);
  // While the coordinator was asked, this node has begun to lead, or to lead anew: nobody was asked for this term.
  if (coverage?.leader !== partition)
    throw new KafkaError('NOT_LEADER_OR_FOLLOWER', 'The leader has changed meanwhile');
  const { errorCode, verification } = coverage;
  if (errorCode === ErrorCode.NONE) return verification;
  throw new KafkaError(kafkaErrorName(errorCode), 'The partition is not known to be part of the transaction');
}

/** Asks the transaction coordinator about partitions that the transaction writes to for the first time. */
async function coverBatches(request: ProduceRequest, context: RequestContext): Promise<CoveredBatches> {
  const batches: TransactionalBatch[] = [];
  const buffers: Buffer[] = [];
  for (const topic of request.topicData) {
    for (const { index, records } of topic.partitionData) {
      const leader = leaderFor(topic, index, context);
      if (leader === undefined || records === null || records.length < RECORD_BATCH_OVERHEAD) continue;
      if (!isBatchTransactional(records, 0)) continue;
      buffers.push(records);
      batches.push({
        leader,
        producerId: batchProducerId(records, 0),
        producerEpoch: batchProducerEpoch(records, 0),
        baseSequence: batchBaseSequence(records, 0),
      });
    }
  }
  const transactionalId = request.transactionalId!;
  const clientVersion = context.version >= FIRST_WITH_EPOCH_BUMP ? EPOCH_BUMP_VERSION : 0;
  const coverage = await coverPartitions(context.broker, { transactionalId, clientVersion }, batches);
  return new Map(
    buffers.map((records, index) => [records, { ...coverage[index]!, leader: batches[index]!.leader }]),
  );
}

/** `undefined` for what the append will refuse anyway. */
function leaderFor(topic: ProduceRequestTopicProduceData, index: number, context: RequestContext) {
  const { broker, version } = context;
  const name = version < FIRST_BY_ID ? topic.name : broker.image.topics.byId.get(topic.topicId)?.name;
  if (name === undefined || !isAllowed(context, 'WRITE', 'TOPIC', name)) return undefined;
  return broker.partitions.get(name, index);
}

function hasTransactionalBatch(request: ProduceRequest): boolean {
  for (const batch of batchesOf(request)) if (isBatchTransactional(batch, 0)) return true;
  return false;
}

function checkOneProducer(request: ProduceRequest): void {
  let producerId: number | undefined;
  for (const batch of batchesOf(request)) {
    const id = batchProducerId(batch, 0);
    producerId ??= id;
    if (id !== producerId) {
      throw new KafkaError(
        'INVALID_PRODUCER_ID_MAPPING',
        `A request has batches of producers ${producerId} and ${id}`,
      );
    }
  }
}

function* batchesOf(request: ProduceRequest): Iterable<Buffer> {
  for (const { partitionData } of request.topicData) {
    for (const { records } of partitionData) {
      if (records !== null && records.length >= RECORD_BATCH_OVERHEAD) yield records;
    }
  }
}

function failed(index: number, error: KafkaError): PartitionResponse {
  const recordErrors = error instanceof InvalidRecordsError ? error.recordErrors : [];
  return {
    index,
    errorCode: error.errorCode,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
    recordErrors: recordErrors.map(({ batchIndex, message }) => ({
      batchIndex,
      batchIndexErrorMessage: message,
    })),
    errorMessage: error.message,
  };
}

/** Producers tell lost state from deleted records by it; Kafka leaves it out of some errors. */
function withLogStart(response: PartitionResponse, asked: LeaderPartition | undefined): PartitionResponse {
  if (asked === undefined || errorsWithoutLogStart.has(response.errorCode)) return response;
  return { ...response, logStartOffset: asked.log.logStartOffset };
}

function inVersion(response: PartitionResponse, version: number): PartitionResponse {
  if (response.errorCode === ErrorCode.KAFKA_STORAGE_ERROR && version <= LAST_WITHOUT_STORAGE_ERROR) {
    return { ...response, errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER };
  }
  if (response.errorCode === ErrorCode.TRANSACTION_ABORTABLE && version < FIRST_WITH_TRANSACTION_ABORTABLE) {
    return { ...response, errorCode: ErrorCode.INVALID_TXN_STATE };
  }
  return response;
}

function withLeaderHint(
  response: PartitionResponse,
  topic: string,
  context: RequestContext,
): PartitionResponse {
  if (response.errorCode !== ErrorCode.NOT_LEADER_OR_FOLLOWER) return response;
  const partition = context.broker.image.topics.byName.get(topic)?.partitions[response.index];
  if (partition === undefined || context.version < FIRST_WITH_LEADER_HINT) return response;
  return { ...response, currentLeader: { leaderId: partition.leader, leaderEpoch: partition.leaderEpoch } };
}

function withEndpoints(response: ProduceResponseInput, context: RequestContext): ProduceResponseInput {
  const hasHint = response.responses.some(({ partitionResponses }) =>
    partitionResponses.some(({ currentLeader }) => currentLeader !== undefined),
  );
  return hasHint ? { ...response, nodeEndpoints: nodeEndpoints(context) } : response;
}

function hasError({
  partitionResponses,
}: {
  readonly partitionResponses: readonly PartitionResponse[];
}): boolean {
  return partitionResponses.some(({ errorCode }) => errorCode !== ErrorCode.NONE);
}
