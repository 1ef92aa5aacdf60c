import type { DecodedRecord } from '@millrace/protocol';
import { decodeMetadataRecord } from './metadata-records.ts';
import { decodeGroupRecord, decodeShareStateRecord, decodeTransactionRecord } from './coordinator-records.ts';
import { plainBytes, type PlainValue } from './plain-value.ts';

/** Key and value of a record as they are shown. */
export interface DecodedParts {
  readonly key: PlainValue;
  readonly value: PlainValue;
}

/** @throws whatever the bytes are when they are not what the decoder is for; the dump then shows them as they are. */
export type RecordDecoder = (record: DecodedRecord) => DecodedParts;

/** The decoders by the name under which the command line offers them. */
export const recordDecoders = {
  bytes: ({ key, value }: DecodedRecord) => ({ key: plainBytes(key), value: plainBytes(value) }),
  metadata: decodeMetadataRecord,
  offsets: decodeGroupRecord,
  transactions: decodeTransactionRecord,
  'share-state': decodeShareStateRecord,
} as const satisfies Record<string, RecordDecoder>;

export type RecordDecoderName = keyof typeof recordDecoders;

const byTopic: Readonly<Record<string, RecordDecoderName>> = {
  __cluster_metadata: 'metadata',
  __consumer_offsets: 'offsets',
  __transaction_state: 'transactions',
  __share_group_state: 'share-state',
};

/** The decoder of Kafka's internal topics; plain bytes for everything else. */
export function decoderForTopic(topic: string): RecordDecoderName {
  return byTopic[topic] ?? 'bytes';
}
