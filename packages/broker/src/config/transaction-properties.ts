import { property } from '@millrace/config';

/** Transactional producers, their coordinator and its topic. */
export const transactionProperties = {
  'transaction.max.timeout.ms': property.int({
    default: 900000,
    min: 1,
    doc: 'Longest `transaction.timeout.ms` a client may ask for.',
  }),
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': property.int({
    default: 10000,
    min: 1,
    doc: 'How often transactions that are open for too long are looked for.',
  }),
  'transaction.remove.expired.transaction.cleanup.interval.ms': property.int({
    default: 3600000,
    min: 1,
    doc: 'How often transactional ids that have expired are looked for.',
  }),
  'transaction.partition.verification.enable': property.boolean({
    default: true,
    doc: 'Ask the coordinator before the first record of a transaction is written to a partition (KIP-890).',
  }),
  'transaction.state.log.num.partitions': property.int({
    default: 50,
    min: 1,
    doc: 'Partitions of `__transaction_state`.',
  }),
  'transaction.state.log.replication.factor': property.short({
    default: 1,
    min: 1,
    doc: 'Replicas of `__transaction_state`. Where it is not set: 1 on a node that is a cluster of its own, 3 elsewhere.',
  }),
  'transaction.state.log.min.isr': property.int({
    default: 1,
    min: 1,
    doc: '`min.insync.replicas` of `__transaction_state`. Where it is not set: 1 on a node that is a cluster of its own, 2 elsewhere.',
  }),
  'transaction.state.log.segment.bytes': property.int({
    default: 104857600,
    min: 1048576,
    doc: 'Segment size of `__transaction_state`.',
  }),
  'transaction.state.log.load.buffer.size': property.int({
    default: 5242880,
    min: 1,
    doc: 'Bytes read at a time while transactions are loaded.',
  }),
} as const;
