import { DeserializationError, IncompatibleReaderError, SerializationError } from '../../errors.ts';
import type { ParsedSchema } from '../../format/schema-format.ts';
import type {
  DecoderRequest,
  PayloadDecoder,
  PayloadEncoder,
  SerdeFormat,
} from '../../serde/serde-format.ts';
import { asJsonSchema, jsonSchemaFormat } from '../json-schema-format.ts';
import { payloadReader, type PayloadReader } from '../codec/payload-reader.ts';
import { payloadShape } from '../codec/payload-shape.ts';
import { payloadWriter, type PayloadWriter } from '../codec/payload-writer.ts';
import { PatternTimeoutError } from '../validation/pattern-engine.ts';
import { validatorOf, type ValidationProblem, type Validator } from '../validation/validator.ts';

/** How values become JSON texts and back. */
export interface JsonFormatOptions {
  /**
   * Whether values are checked by the schema, both ways (`json.fail.invalid.schema`). Default true; without it, whatever
   * is JSON goes through.
   */
  readonly validate?: boolean;
}

/** Above this `JSON.parse`, which is made for long texts, is as fast. */
const MAX_READER_BYTES = 8192;
const NO_INDEXES: readonly number[] = [];

/** JSON Schema for the serdes: the payload is the JSON text in UTF-8. */
export function jsonFormat<T>({ validate = true }: JsonFormatOptions = {}): SerdeFormat<T> {
  return {
    schemaFormat: jsonSchemaFormat,
    hasMessageIndexes: false,
    recordName: (schema: ParsedSchema) => schema.name,
    encoder: (schema) => {
      const own = asJsonSchema(schema);
      return new JsonEncoder<T>(
        validate ? validatorOf(own, { fillsDefaults: false }) : undefined,
        // Only a value that was checked is known to have the shape.
        validate ? payloadWriter(payloadShape(own.model)) : undefined,
      );
    },
    decoder: (request) =>
      new JsonDecoder<T>(
        validate ? readValidator(request) : undefined,
        payloadReader(payloadShape(asJsonSchema(request.writer).model)),
      ),
  };
}

/**
 * Data is checked by the schema that the values shall have. What does not fit takes the defaults of it: a property that became
 * required with a default is there in old data too.
 */
function readValidator({ writer, reader }: DecoderRequest): Validator {
  if (reader === undefined) return validatorOf(asJsonSchema(writer), { fillsDefaults: false });
  if (reader.canonical !== writer.canonical) {
    const [first] = reader.incompatibilitiesWith(writer, 'LENIENT');
    if (first !== undefined) {
      throw new IncompatibleReaderError(
        `The reader schema cannot read what was written: ${first.description}`,
      );
    }
  }
  const asItIs = validatorOf(asJsonSchema(reader), { fillsDefaults: false });
  const withDefaults = validatorOf(asJsonSchema(reader), { fillsDefaults: true });
  return (value) => (asItIs(value) === undefined ? undefined : withDefaults(value));
}

class JsonEncoder<T> implements PayloadEncoder<T> {
  readonly messageIndexes = NO_INDEXES;
  readonly #validator: Validator | undefined;
  readonly #writer: PayloadWriter | undefined;

  constructor(validator: Validator | undefined, writer: PayloadWriter | undefined) {
    this.#validator = validator;
    this.#writer = writer;
  }

  encode(value: T, prefix: Buffer): Buffer {
    const problem = this.#check(value);
    if (problem === undefined && this.#writer !== undefined) {
      const end = this.#writer(value, scratch, prefix.length);
      if (end !== -1) return fromScratch(prefix, end);
    }
    const text = jsonText(value);
    if (problem !== undefined) this.#checkText(text, problem);
    const start = prefix.length;
    const buffer = Buffer.allocUnsafe(start + Buffer.byteLength(text));
    buffer.set(prefix);
    buffer.write(text, start);
    return buffer;
  }

  #check(value: unknown): ValidationProblem | undefined {
    if (this.#validator === undefined) return undefined;
    try {
      return this.#validator(value);
    } catch (error) {
      throw new SerializationError(`The value cannot be checked: ${reasonOf(error)}`, '', { cause: error });
    }
  }

  /** The value does not fit, but what is written may: dates become texts, undefined goes away. */
  #checkText(text: string, first: ValidationProblem): void {
    if (this.#check(JSON.parse(text)) === undefined) return;
    throw new SerializationError(`The value ${first.problem}`, first.path);
  }
}

/** Where payloads are written before their length is known; nothing of it outlives one call. */
const scratch = Buffer.allocUnsafeSlow(8192);

function fromScratch(prefix: Buffer, end: number): Buffer {
  const buffer = Buffer.allocUnsafe(end);
  for (let index = 0; index < prefix.length; index += 1) scratch[index] = prefix[index]!;
  scratch.copy(buffer, 0, 0, end);
  return buffer;
}

function jsonText(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new SerializationError(`The value is no JSON: ${reasonOf(error)}`, '', { cause: error });
  }
  if (text === undefined) throw new SerializationError(`A value of type ${typeof value} is no JSON`, '');
  return text;
}

class JsonDecoder<T> implements PayloadDecoder<T> {
  readonly #validator: Validator | undefined;
  readonly #reader: PayloadReader | undefined;

  constructor(validator: Validator | undefined, reader: PayloadReader | undefined) {
    this.#validator = validator;
    this.#reader = reader;
  }

  decode(data: Buffer, offset: number): T {
    const isShort = data.length - offset <= MAX_READER_BYTES;
    const value = (isShort ? this.#reader?.(data, offset, data.length) : undefined) ?? parsed(data, offset);
    const problem = this.#check(value);
    if (problem === undefined) return value as T;
    const path = problem.path === '' ? 'the root' : problem.path;
    throw new DeserializationError(
      `The value ${problem.problem} at ${path}, says the schema it is read with`,
    );
  }

  #check(value: unknown): ValidationProblem | undefined {
    if (this.#validator === undefined) return undefined;
    try {
      return this.#validator(value);
    } catch (error) {
      throw new DeserializationError(`The value cannot be checked: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/** The message never holds a part of the payload, which the one of `JSON.parse` does. */
function parsed(data: Buffer, offset: number): unknown {
  try {
    return JSON.parse(data.toString('utf8', offset));
  } catch {
    throw new DeserializationError(`The payload of ${data.length - offset} bytes is no JSON text`);
  }
}

/** Recursion through a value, or a pattern, that takes too long; or a recursive value deeper than the stack. */
function reasonOf(error: unknown): string {
  if (error instanceof PatternTimeoutError) return error.message;
  return error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message;
}
