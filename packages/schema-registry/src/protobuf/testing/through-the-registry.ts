import { ProtobufCodec } from '../codec/protobuf-codec.ts';
import { ProtobufSchema } from '../protobuf-schema.ts';

/** Functions for messages with far more fields than this do not fit on the stack: writing ends in an error. */
const MAX_CODEC_FIELDS = 5000;

/**
 * Takes a text through everything a registry and a serde do with a schema.
 *
 * @throws Error where a form is not stable, or the schema does not fit itself
 */
export function takeThroughTheRegistry(text: string): void {
  const schema = ProtobufSchema.parse(text);
  expectSame('the canonical text', ProtobufSchema.parse(schema.canonical).canonical, schema.canonical);
  expectSame('the normalised text', ProtobufSchema.parse(schema.normalized).normalized, schema.normalized);
  const fromDescriptor = ProtobufSchema.parse(schema.formatted('serialized') ?? '');
  const [difference] = fromDescriptor.incompatibilitiesWith(schema, 'STRICT');
  if (difference !== undefined) throw new Error(`The schema does not fit itself: ${difference.description}`);
  const message = schema.message();
  if (message === undefined || message.fields.length > MAX_CODEC_FIELDS) return;
  const codec = new ProtobufCodec(message);
  codec.decode(codec.encode({}));
}

function expectSame(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what} is not stable`);
}
