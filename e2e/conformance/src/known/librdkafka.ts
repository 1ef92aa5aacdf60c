import type { KnownFailure } from '../report/outcome.ts';

const bothProtocols = ['classic', 'consumer'];

/** Fails on Apache Kafka 4.3.1 as well, with either protocol of groups. */
function onBoth(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.flatMap((test) =>
    bothProtocols.map((protocol) => ({ test: `${protocol}: ${test}`, on: 'both', reason }) as const),
  );
}

/** Failed on a busy machine, and need not. */
function sometimes(reason: string, ...tests: readonly string[]): KnownFailure[] {
  return tests.flatMap((test) =>
    bothProtocols.map((protocol) => {
      return { test: `${protocol}: ${test}`, on: 'both', reason, sometimes: true } as const;
    }),
  );
}

const threeReplicas = 'creates topics with three replicas, which one node cannot have';

export const librdkafkaNoAutoCreateFailures: readonly KnownFailure[] = [
  ...onBoth(threeReplicas, '0107_topic_recreate'),
  { test: 'classic: 0111_delay_create_topics', on: 'both', reason: threeReplicas },
];

export const librdkafkaFailures: readonly KnownFailure[] = [
  ...onBoth(threeReplicas, '0103_transactions'),
  ...sometimes(
    'measures how long things take, or waits a few seconds at most; a busy machine is slower',
    '0033_regex_subscribe',
    '0081_admin',
    '0091_max_poll_interval_timeout',
    '0093_holb_consumer',
    '0094_idempotence_msg_timeout',
    '0099_commit_metadata',
    '0118_commit_rebalance',
    '0119_consumer_auth',
    '0140_commit_metadata',
  ),
];
