import type { CompressionTypes } from './constants.ts';

export interface IHeaders {
  [key: string]: Buffer | string | (Buffer | string)[] | undefined;
}

export interface Message {
  key?: Buffer | string | null;
  value: Buffer | string | null;
  partition?: number;
  headers?: IHeaders;
  /** Milliseconds since 1970, as text. */
  timestamp?: string;
}

export interface ProducerRecord {
  topic: string;
  messages: Message[];
  /** -1: all in-sync replicas (default), 1: the leader, 0: nobody. */
  acks?: number;
  /** Milliseconds a broker may take; default 30000. */
  timeout?: number;
  compression?: CompressionTypes;
}

export interface TopicMessages {
  topic: string;
  messages: Message[];
}

export interface ProducerBatch {
  acks?: number;
  timeout?: number;
  compression?: CompressionTypes;
  topicMessages?: TopicMessages[];
}

/** One per partition. */
export interface RecordMetadata {
  topicName: string;
  partition: number;
  errorCode: number;
  baseOffset?: string;
  logAppendTime?: string;
  logStartOffset?: string;
}

export interface PartitionMetadata {
  partitionErrorCode: number;
  partitionId: number;
  leader: number;
  replicas: number[];
  isr: number[];
  offlineReplicas?: number[];
}

export interface PartitionOffset {
  partition: number;
  offset: string;
}

export interface TopicOffsets {
  topic: string;
  partitions: PartitionOffset[];
}

export interface Offsets {
  topics: TopicOffsets[];
}

export interface TopicPartitionOffset {
  topic: string;
  partition: number;
  offset: string;
}

export interface TopicPartitionOffsetAndMetadata extends TopicPartitionOffset {
  metadata?: string | null;
}

export interface TopicPartitions {
  topic: string;
  partitions: number[];
}

/** A message as a consumer gets it: offsets and times are text. */
export interface KafkaMessage {
  key: Buffer | null;
  value: Buffer | null;
  timestamp: string;
  attributes: number;
  offset: string;
  headers: IHeaders;
  size?: never;
}

export interface Batch {
  topic: string;
  partition: number;
  highWatermark: string;
  messages: KafkaMessage[];
  isEmpty(): boolean;
  firstOffset(): string | null;
  lastOffset(): string;
  offsetLag(): string;
  offsetLagLow(): string;
}

export interface EachMessagePayload {
  topic: string;
  partition: number;
  message: KafkaMessage;
  heartbeat: () => Promise<void>;
  pause: () => () => void;
}

export interface EachBatchPayload {
  batch: Batch;
  resolveOffset: (offset: string) => void;
  heartbeat: () => Promise<void>;
  pause: () => () => void;
  commitOffsetsIfNecessary: (offsets?: Offsets) => Promise<void>;
  uncommittedOffsets: () => Offsets;
  isRunning: () => boolean;
  isStale: () => boolean;
}

export type EachMessageHandler = (payload: EachMessagePayload) => Promise<void>;
export type EachBatchHandler = (payload: EachBatchPayload) => Promise<void>;

export interface ConsumerRunConfig {
  /** Default true. */
  autoCommit?: boolean;
  /** Milliseconds between commits while messages are processed. */
  autoCommitInterval?: number | null;
  /** Messages between commits. */
  autoCommitThreshold?: number | null;
  /** Default true: a batch counts as processed when its handler ends. */
  eachBatchAutoResolve?: boolean;
  /** Default 1. */
  partitionsConsumedConcurrently?: number;
  eachBatch?: EachBatchHandler;
  eachMessage?: EachMessageHandler;
}

export interface RequestPayload {
  apiKey: number;
  apiName: string;
  apiVersion: number;
  broker: string;
  clientId: string;
  correlationId: number;
  createdAt: number;
  duration: number;
  pendingDuration: number;
  sentAt: number;
  size: number;
}

export interface NetworkEvents<Prefix extends string> {
  readonly REQUEST: `${Prefix}.network.request`;
  readonly REQUEST_TIMEOUT: `${Prefix}.network.request_timeout`;
  readonly REQUEST_QUEUE_SIZE: `${Prefix}.network.request_queue_size`;
}

/** Payloads of the network events of one kind of client. */
export type NetworkPayloads<Prefix extends string> = Record<
  `${Prefix}.connect` | `${Prefix}.disconnect`,
  null
> &
  Record<`${Prefix}.network.request`, RequestPayload> &
  Record<`${Prefix}.network.request_timeout`, Omit<RequestPayload, 'duration' | 'size'>> &
  Record<`${Prefix}.network.request_queue_size`, { broker: string; clientId: string; queueSize: number }>;
