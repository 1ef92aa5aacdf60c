import type { SchemaValue } from './registry-record.ts';

/** One version of a subject as the log has it. A soft delete replaces it by a copy. */
export interface StoredSchema extends SchemaValue {
  readonly guid: string;
  /** When the record was written. */
  readonly timestampMs: number;
}
