import { DeserializationError, IncompatibleReaderError, InvalidSchemaError } from '../../errors.ts';
import type { ParsedSchema } from '../../format/schema-format.ts';
import type { DecoderRequest, PayloadDecoder, SerdeFormat } from '../../serde/serde-format.ts';
import type { ProtobufCodecOptions } from '../codec/codec-options.ts';
import { ProtobufCodec } from '../codec/protobuf-codec.ts';
import type { MessageModel } from '../link/model.ts';
import { protobufFormat } from '../protobuf-format.ts';
import { messageIndexes, ProtobufSchema } from '../protobuf-schema.ts';

/** How values become Protobuf messages and back. */
export interface ProtobufSerdeFormatOptions extends ProtobufCodecOptions {
  /** The message of the file that values are, by its full name or by its name within the package. Default: the first one. */
  readonly messageName?: string | undefined;
  /** What is read, whatever it was written with; wins over the reader's schema that the serdes bring. */
  readonly reader?: ProtobufSchema | undefined;
  /** Message indexes leave out map entries that the text declares, as those of a normalised schema do. Default false. */
  readonly isNormalized?: boolean | undefined;
  /**
   * Read records without message indexes, as `@kafkajs/confluent-schema-registry` writes them, as the first message of
   * their file. Those that have the index of the first message are read too; others are not. Default false.
   */
  readonly withoutIndexes?: boolean | undefined;
}

/** Protobuf for the serdes of a registry. */
export function protobufSerdeFormat<T>(options: ProtobufSerdeFormatOptions = {}): SerdeFormat<T> {
  const { messageName, isNormalized = false, withoutIndexes = false } = options;
  return {
    schemaFormat: protobufFormat,
    hasMessageIndexes: !withoutIndexes,
    recordName: (schema) =>
      messageName === undefined ? schema.name : messageOf(asProtobuf(schema), messageName).fullName,
    encoder(schema) {
      const message = messageOf(asProtobuf(schema), messageName);
      const codec = new ProtobufCodec(message, codecOptions(options));
      return {
        messageIndexes: messageIndexes(message, { withoutMapEntries: isNormalized }),
        encode: (value, prefix) => codec.encode(value, prefix),
      };
    },
    decoder: (request) => decoderOf<T>(request, options),
  };
}

function decoderOf<T>(request: DecoderRequest, options: ProtobufSerdeFormatOptions): PayloadDecoder<T> {
  const { messageName, withoutIndexes = false } = options;
  const writer = asProtobuf(request.writer);
  const indexes = withoutIndexes ? [0] : request.messageIndexes;
  const written = writer.messageAt(indexes);
  if (written === undefined) {
    throw new DeserializationError(
      `A record names the message [${indexes.join(', ')}] of its schema, which has no such message`,
    );
  }
  const reader = options.reader ?? (request.reader === undefined ? undefined : asProtobuf(request.reader));
  const codec = new ProtobufCodec(readMessage(written, writer, reader, messageName), codecOptions(options));
  if (!withoutIndexes) return { decode: (data, offset) => codec.decode(data, offset) as T };
  // No field has the number 0, so a zero byte can only be the index of the first message.
  return { decode: (data, offset) => codec.decode(data, data[offset] === 0 ? offset + 1 : offset) as T };
}

/** The message that bytes are read as: what was written, as the reader knows it. */
function readMessage(
  written: MessageModel,
  writer: ProtobufSchema,
  reader: ProtobufSchema | undefined,
  messageName: string | undefined,
): MessageModel {
  const schema = reader ?? writer;
  const message = schema.message(written.fullName);
  if (messageName !== undefined) {
    const wanted = schema.message(messageName);
    if (wanted === undefined || wanted !== message) {
      throw new DeserializationError(
        `A record is a ${written.fullName}, but the deserializer reads ${messageName}`,
      );
    }
  }
  if (message !== undefined) return message;
  throw new IncompatibleReaderError(
    `A record is a ${written.fullName}, which the schema of the reader does not have; it has ${namesOf(schema)}`,
  );
}

function namesOf({ file }: ProtobufSchema): string {
  const names = file.messages.map(({ fullName }) => fullName);
  return names.length === 0 ? 'no messages' : names.join(', ');
}

function messageOf(schema: ProtobufSchema, name: string | undefined): MessageModel {
  const message = schema.message(name);
  if (message !== undefined) return message;
  const wanted = name === undefined ? 'no messages' : `no message "${name}"`;
  throw new InvalidSchemaError(`The Protobuf schema has ${wanted}; it has ${namesOf(schema)}`);
}

function asProtobuf(schema: ParsedSchema): ProtobufSchema {
  if (schema instanceof ProtobufSchema) return schema;
  throw new InvalidSchemaError(`A serde for Protobuf was given a schema of ${schema.type}`);
}

function codecOptions({ longs, enums, fieldNames }: ProtobufCodecOptions): ProtobufCodecOptions {
  return {
    ...(longs === undefined ? {} : { longs }),
    ...(enums === undefined ? {} : { enums }),
    ...(fieldNames === undefined ? {} : { fieldNames }),
  };
}
