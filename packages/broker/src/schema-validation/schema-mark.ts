import type { DecodedRecord } from '@millrace/protocol';
import type { SchemaPart } from './schema-validation-properties.ts';

/** How a record says which schema it was written with. */
export type SchemaMark =
  | { readonly kind: 'id'; readonly id: number }
  | { readonly kind: 'guid'; readonly guid: string };

const ID_MAGIC = 0;
const GUID_MAGIC = 1;
const ID_BYTES = 5;
const GUID_BYTES = 17;

/** From the header that serializers may use, or the first bytes; undefined where neither makes sense. */
export function schemaMarkOf(record: DecodedRecord, part: SchemaPart): SchemaMark | undefined {
  const name = `__${part}_schema_id`;
  const header = record.headers.findLast(({ key }) => key === name)?.value;
  const bytes = header ?? record[part];
  if (bytes === null) return undefined;
  if (bytes[0] === GUID_MAGIC && bytes.length >= GUID_BYTES) return { kind: 'guid', guid: uuid(bytes) };
  const isId = header === undefined || header === null;
  if (isId && bytes[0] === ID_MAGIC && bytes.length >= ID_BYTES) {
    return { kind: 'id', id: bytes.readInt32BE(1) };
  }
  return undefined;
}

function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex', 1, GUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
