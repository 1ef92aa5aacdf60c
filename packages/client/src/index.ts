// Consumer.
export { Consumer, type OffsetOfPartition, type WaitOptions } from './consumer/consumer.ts';
export { consumerProperties, type ConsumerProperties } from './consumer/consumer-properties.ts';
export type { ConsumerOptions } from './consumer/consumer-settings.ts';
export type { ConsumerRecord } from './consumer/consumer-record.ts';
export type { RebalanceListener } from './consumer/group/rebalance-listener.ts';
export type { OffsetAndMetadata } from './consumer/offsets/offset-and-metadata.ts';
export type { ListedOffset, OffsetQuery } from './consumer/offsets/list-offsets.ts';
export type { TopicPartition } from './consumer/topic-partition.ts';
export type {
  Assignor,
  GroupAssignment,
  MemberSubscription,
  PreviousAssignment,
  RebalanceProtocol,
} from './consumer/assignors/assignor.ts';
export {
  CommitFailedError,
  consumerErrors,
  ConsumerStateError,
  CorruptRecordsError,
  GroupRefusedError,
  LogTruncatedError,
  NoOffsetError,
  NotAssignedError,
  OffsetOutOfRangeError,
  WakeupError,
} from './consumer/consumer-errors.ts';
