/**
 * Where everything is in a record batch of magic 2, the only format that is written since Kafka 0.11.
 * Source: `clients/.../common/record/DefaultRecordBatch.java`, KIP-98, KIP-534.
 */

export const BASE_OFFSET_OFFSET = 0;
export const BATCH_LENGTH_OFFSET = 8;
export const PARTITION_LEADER_EPOCH_OFFSET = 12;
export const MAGIC_OFFSET = 16;
export const CRC_OFFSET = 17;
/** The CRC covers everything from here to the end of the batch. */
export const ATTRIBUTES_OFFSET = 21;
export const LAST_OFFSET_DELTA_OFFSET = 23;
export const BASE_TIMESTAMP_OFFSET = 27;
export const MAX_TIMESTAMP_OFFSET = 35;
export const PRODUCER_ID_OFFSET = 43;
export const PRODUCER_EPOCH_OFFSET = 51;
export const BASE_SEQUENCE_OFFSET = 53;
export const RECORD_COUNT_OFFSET = 57;
/** The first byte of the records, or of the compressed block that holds them. */
export const RECORDS_OFFSET = 61;

/** Bytes of base offset and batch length, which `batchLength` does not count. */
export const LOG_OVERHEAD = 12;
/** Bytes of a batch before its records. */
export const RECORD_BATCH_OVERHEAD = RECORDS_OFFSET;
/** The smallest legal value of the `batchLength` field: a batch without records. */
export const MIN_BATCH_LENGTH = RECORD_BATCH_OVERHEAD - LOG_OVERHEAD;
/** Most bytes that a record adds to its key, value and headers; for estimates. */
export const MAX_RECORD_OVERHEAD = 21;

/** The format of record batches since Kafka 0.11. */
export const MAGIC_V2 = 2;

export const COMPRESSION_MASK = 0x07;
export const TIMESTAMP_TYPE_BIT = 0x08;
export const TRANSACTIONAL_BIT = 0x10;
export const CONTROL_BIT = 0x20;
export const DELETE_HORIZON_BIT = 0x40;

/** A batch, or a record, without a timestamp. */
export const NO_TIMESTAMP = -1;
/** A batch of a producer that is not idempotent; the next two go with it. */
export const NO_PRODUCER_ID = -1;
/** Beside `NO_PRODUCER_ID`. */
export const NO_PRODUCER_EPOCH = -1;
/** Beside `NO_PRODUCER_ID`, and in control batches. */
export const NO_SEQUENCE = -1;
/** A batch that no leader has appended yet. */
export const NO_PARTITION_LEADER_EPOCH = -1;
/** Sequence numbers wrap from here to 0. */
export const MAX_SEQUENCE = 0x7fffffff;
