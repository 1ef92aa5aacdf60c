/** How a metric is made of what a sensor records. */
export type Statistic =
  | 'rate'
  | 'total'
  | 'count-rate'
  | 'count-rate-per-hour'
  | 'count-total'
  | 'average'
  | 'max';

/** Metrics of one sensor: by name, the statistic and what it means. */
export type SensorDefinition = Readonly<Record<string, readonly [statistic: Statistic, meaning: string]>>;

/** One value of each, in every client. */
export const connectionSensors = {
  connectionsOpened: {
    'connection-creation-rate': ['count-rate', 'Connections opened a second.'],
    'connection-creation-total': ['count-total', 'Connections opened.'],
  },
  connectionsClosed: {
    'connection-close-rate': ['count-rate', 'Connections closed a second.'],
    'connection-close-total': ['count-total', 'Connections closed.'],
  },
  networkIo: {
    'network-io-rate': ['count-rate', 'Requests and answers a second, of all connections.'],
    'network-io-total': ['count-total', 'Requests and answers, of all connections.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of all connections of a client, and of each broker. */
export const trafficSensors = {
  requestSize: {
    'outgoing-byte-rate': ['rate', 'Bytes of requests a second.'],
    'outgoing-byte-total': ['total', 'Bytes of requests.'],
    'request-rate': ['count-rate', 'Requests a second.'],
    'request-total': ['count-total', 'Requests.'],
    'request-size-avg': ['average', 'Average size of a request in bytes.'],
    'request-size-max': ['max', 'Size of the largest request in bytes.'],
  },
  responseSize: {
    'incoming-byte-rate': ['rate', 'Bytes of answers a second.'],
    'incoming-byte-total': ['total', 'Bytes of answers.'],
    'response-rate': ['count-rate', 'Answers a second.'],
    'response-total': ['count-total', 'Answers.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of each broker, and of a producer's requests. */
export const latencySensors = {
  requestLatency: {
    'request-latency-avg': ['average', 'Average time from a request to its answer in milliseconds.'],
    'request-latency-max': ['max', 'Longest time from a request to its answer in milliseconds.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of a producer as a whole. */
export const producerSensors = {
  batchSize: {
    'batch-size-avg': ['average', 'Average bytes of a batch as sent.'],
    'batch-size-max': ['max', 'Bytes of the largest batch.'],
  },
  recordsPerBatch: {
    'record-send-rate': ['rate', 'Records sent a second.'],
    'record-send-total': ['total', 'Records sent.'],
  },
  recordSize: {
    'record-size-avg': ['average', 'Average bytes of a record before compression, by batch.'],
  },
  largestRecord: {
    'record-size-max': ['max', 'Bytes of the largest record before compression.'],
  },
  recordsPerRequest: {
    'records-per-request-avg': ['average', 'Average number of records in a request.'],
  },
  compressionRate: {
    'compression-rate-avg': ['average', 'Average of compressed by uncompressed size of batches.'],
  },
  queueTime: {
    'record-queue-time-avg': ['average', 'Average time a batch waited to be sent, in milliseconds.'],
    'record-queue-time-max': ['max', 'Longest time a batch waited to be sent, in milliseconds.'],
  },
  recordRetries: {
    'record-retry-rate': ['rate', 'Records sent again a second.'],
    'record-retry-total': ['total', 'Records sent again.'],
  },
  recordErrors: {
    'record-error-rate': ['rate', 'Records that failed a second.'],
    'record-error-total': ['total', 'Records that failed.'],
  },
  bufferExhausted: {
    'buffer-exhausted-rate': ['count-rate', 'Sends a second that found no room in buffer.memory in time.'],
    'buffer-exhausted-total': ['count-total', 'Sends that found no room in buffer.memory in time.'],
  },
  batchSplits: {
    'batch-split-rate': ['count-rate', 'Batches a second that were split, being too large.'],
    'batch-split-total': ['count-total', 'Batches that were split, being too large.'],
  },
  throttleTime: {
    'produce-throttle-time-avg': ['average', 'Average time brokers asked to wait, in milliseconds.'],
    'produce-throttle-time-max': ['max', 'Longest time a broker asked to wait, in milliseconds.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** How long calls of a producer took. */
export const producerCallSensors = {
  flush: { 'flush-time-ns-total': ['total', 'Time in flush(), in nanoseconds.'] },
  metadataWait: {
    'metadata-wait-time-ns-total': ['total', 'Time that sends waited for metadata, in nanoseconds.'],
  },
  initTransactions: { 'txn-init-time-ns-total': ['total', 'Time in initTransactions(), in nanoseconds.'] },
  beginTransaction: { 'txn-begin-time-ns-total': ['total', 'Time in beginTransaction(), in nanoseconds.'] },
  sendOffsets: { 'txn-send-offsets-time-ns-total': ['total', 'Time in sendOffsets(), in nanoseconds.'] },
  commitTransaction: {
    'txn-commit-time-ns-total': ['total', 'Time in commitTransaction(), in nanoseconds.'],
  },
  abortTransaction: { 'txn-abort-time-ns-total': ['total', 'Time in abortTransaction(), in nanoseconds.'] },
} as const satisfies Record<string, SensorDefinition>;

/** Of a producer by topic. */
export const producerTopicSensors = {
  records: {
    'record-send-rate': ['rate', 'Records sent a second.'],
    'record-send-total': ['total', 'Records sent.'],
  },
  bytes: {
    'byte-rate': ['rate', 'Bytes of batches sent a second.'],
    'byte-total': ['total', 'Bytes of batches sent.'],
  },
  compressionRate: {
    'compression-rate': ['average', 'Average of compressed by uncompressed size of batches.'],
  },
  retries: {
    'record-retry-rate': ['rate', 'Records sent again a second.'],
    'record-retry-total': ['total', 'Records sent again.'],
  },
  errors: {
    'record-error-rate': ['rate', 'Records that failed a second.'],
    'record-error-total': ['total', 'Records that failed.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of a consumer's fetches. */
export const fetchSensors = {
  fetchLatency: {
    'fetch-latency-avg': ['average', 'Average time of a fetch in milliseconds.'],
    'fetch-latency-max': ['max', 'Longest time of a fetch in milliseconds.'],
    'fetch-rate': ['count-rate', 'Fetches a second.'],
    'fetch-total': ['count-total', 'Fetches.'],
  },
  fetchSize: {
    'fetch-size-avg': ['average', 'Average bytes of records in an answer, by partition.'],
    'fetch-size-max': ['max', 'Most bytes of records in an answer, by partition.'],
    'bytes-consumed-rate': ['rate', 'Bytes of records fetched a second.'],
    'bytes-consumed-total': ['total', 'Bytes of records fetched.'],
  },
  recordsConsumed: {
    'records-consumed-rate': ['rate', 'Records handed out a second.'],
    'records-consumed-total': ['total', 'Records handed out.'],
    'records-per-request-avg': ['average', 'Average number of records handed out together, by partition.'],
  },
  recordsLag: {
    'records-lag-max': ['max', 'Most records that any partition was behind its end.'],
  },
  throttleTime: {
    'fetch-throttle-time-avg': ['average', 'Average time brokers asked to wait, in milliseconds.'],
    'fetch-throttle-time-max': ['max', 'Longest time a broker asked to wait, in milliseconds.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of a consumer by topic. */
export const fetchTopicSensors = {
  bytes: {
    'fetch-size-avg': ['average', 'Average bytes of records in an answer, by partition.'],
    'fetch-size-max': ['max', 'Most bytes of records in an answer, by partition.'],
    'bytes-consumed-rate': ['rate', 'Bytes of records fetched a second.'],
    'bytes-consumed-total': ['total', 'Bytes of records fetched.'],
  },
  records: {
    'records-consumed-rate': ['rate', 'Records handed out a second.'],
    'records-consumed-total': ['total', 'Records handed out.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of a consumer's membership. */
export const coordinatorSensors = {
  commitLatency: {
    'commit-latency-avg': ['average', 'Average time of a commit in milliseconds.'],
    'commit-latency-max': ['max', 'Longest time of a commit in milliseconds.'],
    'commit-rate': ['count-rate', 'Commits a second.'],
    'commit-total': ['count-total', 'Commits.'],
  },
  heartbeatLatency: {
    'heartbeat-response-time-max': ['max', 'Longest time of a heartbeat in milliseconds.'],
    'heartbeat-rate': ['count-rate', 'Heartbeats a second.'],
    'heartbeat-total': ['count-total', 'Heartbeats.'],
  },
  joinLatency: {
    'join-time-avg': ['average', 'Average time of joining the group in milliseconds.'],
    'join-time-max': ['max', 'Longest time of joining the group in milliseconds.'],
    'join-rate': ['count-rate', 'Joins a second.'],
    'join-total': ['count-total', 'Joins.'],
  },
  syncLatency: {
    'sync-time-avg': ['average', 'Average time of waiting for the assignment in milliseconds.'],
    'sync-time-max': ['max', 'Longest time of waiting for the assignment in milliseconds.'],
    'sync-rate': ['count-rate', 'Waits for an assignment a second.'],
    'sync-total': ['count-total', 'Waits for an assignment.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of a consumer's rebalances, and the application's part in them. */
export const rebalanceSensors = {
  rebalanceLatency: {
    'rebalance-latency-avg': ['average', 'Average time of a rebalance in milliseconds.'],
    'rebalance-latency-max': ['max', 'Longest time of a rebalance in milliseconds.'],
    'rebalance-latency-total': ['total', 'Time of all rebalances in milliseconds.'],
    'rebalance-rate-per-hour': ['count-rate-per-hour', 'Rebalances an hour.'],
    'rebalance-total': ['count-total', 'Rebalances.'],
  },
  failedRebalances: {
    'failed-rebalance-rate-per-hour': ['count-rate-per-hour', 'Rebalances an hour that had to begin again.'],
    'failed-rebalance-total': ['count-total', 'Rebalances that had to begin again.'],
  },
  assigned: {
    'partition-assigned-latency-avg': ['average', 'Average time of onPartitionsAssigned in milliseconds.'],
    'partition-assigned-latency-max': ['max', 'Longest time of onPartitionsAssigned in milliseconds.'],
  },
  revoked: {
    'partition-revoked-latency-avg': ['average', 'Average time of onPartitionsRevoked in milliseconds.'],
    'partition-revoked-latency-max': ['max', 'Longest time of onPartitionsRevoked in milliseconds.'],
  },
  lost: {
    'partition-lost-latency-avg': ['average', 'Average time of onPartitionsLost in milliseconds.'],
    'partition-lost-latency-max': ['max', 'Longest time of onPartitionsLost in milliseconds.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of the polls of a consumer or a share consumer. */
export const pollSensors = {
  timeBetweenPolls: {
    'time-between-poll-avg': ['average', 'Average time from one poll to the next in milliseconds.'],
    'time-between-poll-max': ['max', 'Longest time from one poll to the next in milliseconds.'],
  },
  idleRatio: {
    'poll-idle-ratio-avg': ['average', 'Average share of the time that the application waits in poll().'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** How long calls of a consumer took. */
export const consumerCallSensors = {
  commit: { 'commit-sync-time-ns-total': ['total', 'Time in commit(), in nanoseconds.'] },
  committed: { 'committed-time-ns-total': ['total', 'Time in committed(), in nanoseconds.'] },
} as const satisfies Record<string, SensorDefinition>;

/** Of a share consumer's fetches, besides the times of fetches that every consumer has. */
export const shareFetchSensors = {
  fetchSize: fetchSensors.fetchSize,
  recordsConsumed: {
    ...fetchSensors.recordsConsumed,
    'records-per-request-max': ['max', 'Most records handed out together, by partition.'],
  },
  acknowledgements: {
    'acknowledgements-send-rate': ['rate', 'Records acknowledged a second.'],
    'acknowledgements-send-total': ['total', 'Records acknowledged.'],
  },
  acknowledgementErrors: {
    'acknowledgements-error-rate': ['rate', 'Records a second whose acknowledgement was refused.'],
    'acknowledgements-error-total': ['total', 'Records whose acknowledgement was refused.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Of a share consumer's membership, besides heartbeats. */
export const shareCoordinatorSensors = {
  rebalances: {
    'rebalance-rate-per-hour': ['count-rate-per-hour', 'Changes of the assignment an hour.'],
    'rebalance-total': ['count-total', 'Changes of the assignment.'],
  },
} as const satisfies Record<string, SensorDefinition>;

/** Values that are looked up when somebody asks. */
export const gauges = {
  'connection-count': 'Open connections.',
  'requests-in-flight': 'Requests without an answer yet.',
  'buffer-total-bytes': 'buffer.memory.',
  'buffer-available-bytes': 'Bytes of buffer.memory that are free.',
  'waiting-threads': 'Sends that wait for room in buffer.memory.',
  'metadata-age': 'Seconds since the last answer about the cluster.',
  'last-rebalance-seconds-ago': 'Seconds since the last rebalance; -1 before the first.',
  'last-heartbeat-seconds-ago': 'Seconds since the last heartbeat; -1 before the first.',
  'last-poll-seconds-ago': 'Seconds since the last poll began; -1 before the first.',
  'assigned-partitions': 'Partitions that are read.',
  'records-lag': 'Records between the position and the end of the partition.',
  'records-lead': 'Records between the beginning of the partition and the position.',
} as const;
