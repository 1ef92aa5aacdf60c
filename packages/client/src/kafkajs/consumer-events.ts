import type { NetworkEvents, NetworkPayloads, TopicOffsets } from './kafkajs-types.ts';

/** Names of events, as `consumer.events`. */
export const consumerEvents = {
  HEARTBEAT: 'consumer.heartbeat',
  COMMIT_OFFSETS: 'consumer.commit_offsets',
  GROUP_JOIN: 'consumer.group_join',
  FETCH_START: 'consumer.fetch_start',
  FETCH: 'consumer.fetch',
  START_BATCH_PROCESS: 'consumer.start_batch_process',
  END_BATCH_PROCESS: 'consumer.end_batch_process',
  CONNECT: 'consumer.connect',
  DISCONNECT: 'consumer.disconnect',
  STOP: 'consumer.stop',
  CRASH: 'consumer.crash',
  REBALANCING: 'consumer.rebalancing',
  RECEIVED_UNSUBSCRIBED_TOPICS: 'consumer.received_unsubscribed_topics',
  REQUEST: 'consumer.network.request',
  REQUEST_TIMEOUT: 'consumer.network.request_timeout',
  REQUEST_QUEUE_SIZE: 'consumer.network.request_queue_size',
} as const satisfies NetworkEvents<'consumer'> & Record<string, string>;

interface Member {
  groupId: string;
  memberId: string;
}

export interface BatchProcessPayload {
  topic: string;
  partition: number;
  highWatermark: string;
  offsetLag: string;
  offsetLagLow: string;
  batchSize: number;
  firstOffset: string;
  lastOffset: string;
}

/** Payloads by name. */
export interface ConsumerPayloads extends NetworkPayloads<'consumer'> {
  'consumer.heartbeat': Member & { groupGenerationId: number };
  'consumer.commit_offsets': Member & { groupGenerationId: number; topics: TopicOffsets[] };
  'consumer.group_join': Member & {
    /** Milliseconds since the group began to rebalance, as far as this member knows. */
    duration: number;
    isLeader: boolean;
    /** Its own id where it leads; '' otherwise: nobody but the leader needs to know. */
    leaderId: string;
    groupProtocol: string;
    memberAssignment: Record<string, number[]>;
  };
  'consumer.fetch_start': { nodeId: number };
  'consumer.fetch': { numberOfBatches: number; duration: number; nodeId: number };
  'consumer.start_batch_process': BatchProcessPayload;
  'consumer.end_batch_process': BatchProcessPayload & { duration: number };
  'consumer.stop': null;
  'consumer.crash': { error: Error; groupId: string; restart: boolean };
  'consumer.rebalancing': Member;
  'consumer.received_unsubscribed_topics': Member & {
    generationId: number;
    assignedTopics: string[];
    topicsSubscribed: string[];
    topicsNotSubscribed: string[];
  };
}
