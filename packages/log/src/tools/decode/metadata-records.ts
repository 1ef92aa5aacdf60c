import { WireReader, type AnyMessageCodec, type DecodedRecord } from '@millrace/protocol';
import * as records from '@millrace/protocol/messages/metadata-records';
import { plainBytes, plainValue } from './plain-value.ts';
import type { DecodedParts } from './record-decoder.ts';

const FRAME_VERSION = 1;

const codecs: ReadonlyMap<number, AnyMessageCodec> = new Map(
  (Object.values(records) as AnyMessageCodec[]).map((codec) => [codec.apiKey, codec]),
);

/** A record of `__cluster_metadata`: frame version, record type, record version, body. */
export function decodeMetadataRecord({ key, value }: DecodedRecord): DecodedParts {
  if (value === null) throw new RangeError('it has no value');
  const reader = new WireReader(value);
  const frameVersion = reader.unsignedVarint();
  if (frameVersion !== FRAME_VERSION) throw new RangeError(`frame version ${frameVersion} is unknown`);
  const type = reader.unsignedVarint();
  const version = reader.unsignedVarint();
  const codec = codecs.get(type);
  if (codec === undefined) throw new RangeError(`record type ${type} is unknown`);
  return {
    key: plainBytes(key),
    value: plainValue({ type: codec.name, version, ...codec.read(reader, version) }),
  };
}
