import { EncodeError, protocolErrors, UnsupportedVersionError } from '../errors.ts';
import type { WireReader } from './wire-reader.ts';
import type { WireWriter } from './wire-writer.ts';

/**
 * Reads and writes one message in all of its versions. Every message of `@millrace/protocol/messages/*` is an
 * interface, for the decoded shape, and a constant of this type, under the same name.
 */
export interface MessageCodec<Message extends object, Input extends object = Message> {
  /** Kafka's name, for example `FetchRequest`. */
  readonly name: string;
  /** API key of a request or response, type number of a metadata or coordinator record, otherwise -1. */
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** First version with compact encodings and tagged fields (KIP-482); `NEVER_FLEXIBLE` when there is none. */
  readonly flexibleFrom: number;
  /** Is `maxVersion` still allowed to change? Brokers do not advertise it. */
  readonly latestVersionUnstable: boolean;

  /**
   * Reads the message at the reader's position. Fields that the version lacks have their default.
   *
   * @throws DecodeError when the bytes are not such a message
   * @throws UnsupportedVersionError
   */
  read(reader: WireReader, version: number): Message;

  /**
   * Writes the message. Fields with a default may be left out.
   *
   * @throws EncodeError when a value does not fit its field, is null where null is not allowed, or is set although the
   *   version does not carry the field and dropping it would change the meaning
   * @throws UnsupportedVersionError
   */
  write(writer: WireWriter, message: Input, version: number): void;

  /** A message with the default in every field that is not given. */
  create(partial?: Partial<Message>): Message;
}

/** A codec whose message type is not known, as tools and registries handle it. */
export type AnyMessageCodec = MessageCodec<object>;

/** Adds the version check and the place in error texts to a generated reader and writer. */
export function defineMessage<Message extends object, Input extends object>(
  codec: MessageCodec<Message, Input>,
): MessageCodec<Message, Input> {
  return {
    ...codec,
    read(reader, version) {
      checkVersion(codec, version);
      reader.messageName = codec.name;
      reader.messageVersion = version;
      return codec.read(reader, version);
    },
    write(writer, message, version) {
      checkVersion(codec, version);
      writer.messageName = codec.name;
      writer.messageVersion = version;
      try {
        codec.write(writer, message, version);
      } catch (error) {
        throw error instanceof TypeError ? wrongShape(codec.name, version, error) : error;
      }
    },
  };
}

function checkVersion(codec: AnyMessageCodec, version: number): void {
  if (version >= codec.minVersion && version <= codec.maxVersion) return;
  throw new UnsupportedVersionError(codec.name, version, codec);
}

/** Callers without types can pass anything; what they get is an error that names the message. */
function wrongShape(messageName: string, version: number, cause: TypeError): EncodeError {
  const place = { messageName, version };
  return new EncodeError(protocolErrors.INVALID_VALUE, place, `an object is missing: ${cause.message}`, {
    cause,
  });
}
