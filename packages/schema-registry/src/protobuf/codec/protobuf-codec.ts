import { DeserializationError, SerializationError } from '../../errors.ts';
import type { MessageModel } from '../link/model.ts';
import { codecSettings, type ProtobufCodecOptions, type ProtobufCodecSettings } from './codec-options.ts';
import { compileDecoder, type ReadMessage } from './compile-decoder.ts';
import { compileEncoder, type WriteMessage } from './compile-encoder.ts';
import { valueProblem } from './value-problem.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

/** One of each is enough: nothing waits between the beginning and the end of a record. */
const writer = new WireWriter();
const reader = new WireReader();

const NO_PREFIX = Buffer.alloc(0);

/** Writes and reads values of one message. Each direction is compiled at its first use. */
export class ProtobufCodec {
  readonly message: MessageModel;
  readonly #settings: ProtobufCodecSettings;
  #write: WriteMessage | undefined;
  #read: ReadMessage | undefined;

  constructor(message: MessageModel, options: ProtobufCodecOptions = {}) {
    this.message = message;
    this.#settings = codecSettings(options);
  }

  /**
   * `prefix` and the message behind it, in one new buffer.
   *
   * @throws SerializationError with the path of what does not fit
   */
  encode(value: unknown, prefix: Buffer = NO_PREFIX): Buffer {
    this.#write ??= compileEncoder(this.message, this.#settings);
    try {
      writer.begin(prefix);
      this.#write(writer, value);
      return writer.finish();
    } catch (cause) {
      const found = valueProblem(this.message, value, this.#settings);
      const problem = found?.problem ?? String(cause);
      throw new SerializationError(
        `The value does not fit ${this.message.fullName}: ${problem}`,
        found?.path ?? '',
        { cause },
      );
    }
  }

  /**
   * The value of the message from `offset` to the end of `data`. Fields that the schema does not have are left out.
   *
   * @throws DeserializationError for bytes that are no such message
   */
  decode(data: Buffer, offset = 0): unknown {
    this.#read ??= compileDecoder(this.message, this.#settings);
    try {
      reader.begin(data, offset);
      const value = this.#read(reader, 0);
      if (reader.position !== data.length) reader.bad('they end within a field');
      return value;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const size = `${data.length - offset} bytes`;
      throw new DeserializationError(`${size} are no ${this.message.fullName} in Protobuf: ${reason}`, {
        cause,
      });
    } finally {
      reader.finish();
    }
  }
}
