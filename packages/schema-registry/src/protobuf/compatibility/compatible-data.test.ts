import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtobufCodec } from '../codec/protobuf-codec.ts';
import { ProtobufSchema } from '../protobuf-schema.ts';

/** A field of a generated message, with a generator of its values. */
interface Field {
  readonly number: number;
  readonly type: string;
  readonly label: '' | 'optional' | 'repeated';
  /** The oneof it is in. */
  readonly oneof: number | undefined;
}

const int32 = fc.integer();
const uint32 = fc.nat(2 ** 32 - 1);
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const unsignedLong = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const text = fc.string({ maxLength: 10 });

/** Every type of a field, with values. */
const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  int32,
  int64: long,
  uint32,
  uint64: unsignedLong,
  sint32: int32,
  sint64: long,
  fixed32: uint32,
  fixed64: unsignedLong,
  sfixed32: int32,
  sfixed64: long,
  bool: fc.boolean(),
  float: fc.float(),
  double: fc.double(),
  string: text,
  // Bytes may become a string as long as they are UTF-8, says the language guide.
  bytes: text.map((bytes) => Buffer.from(bytes)),
  Color: fc.constantFrom('RED', 'BLUE'),
  'map<string, int32>': fc.dictionary(fc.string({ unit: 'grapheme-ascii', maxLength: 4 }), int32, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  'map<int64, Inner>': fc.constant({ '-5': { x: 1, t: 'a' } }),
  Inner: fc.record({ x: int32, t: text }),
};
const types = Object.keys(values);
const isMap = (type: string) => type.startsWith('map');

const field = fc.record({
  number: fc.integer({ min: 1, max: 6 }),
  type: fc.constantFrom(...types),
  label: fc.constantFrom<Field['label']>('', 'optional', 'repeated'),
  oneof: fc.constantFrom(undefined, undefined, 0, 1),
});
const message = fc.uniqueArray(field, { selector: ({ number }) => number, maxLength: 6 });

/** A pair of messages that differ in some fields, more often a little than a lot. */
const pair = fc
  .tuple(
    message,
    fc.array(fc.tuple(fc.nat(5), field), { maxLength: 2 }),
    fc.array(fc.nat(5), { maxLength: 2 }),
  )
  .map(([before, changes, removed]) => {
    const after = before.map((item, index) => {
      const change = changes.find(([at]) => at === index);
      return change === undefined ? item : { ...change[1], number: item.number };
    });
    return { before, after: after.filter((_, index) => !removed.includes(index)) };
  });

test('what was written before a compatible change is read after it, unchanged where nothing changed', () => {
  const seen = { compatible: 0, incompatible: 0 };
  fc.assert(
    fc.property(pair, fc.infiniteStream(fc.nat()), ({ before, after }, seeds) => {
      const original = ProtobufSchema.parse(textOf(before));
      const update = ProtobufSchema.parse(textOf(after));
      if (update.incompatibilitiesWith(original, 'STRICT').length > 0) {
        seen.incompatible += 1;
        return;
      }
      seen.compatible += 1;
      const value = valueOf(before, seeds);
      const bytes = codecOf(original).encode(value);
      const read = codecOf(update).decode(bytes) as Record<string, unknown>;
      const written = codecOf(original).decode(bytes) as Record<string, unknown>;
      for (const item of after) {
        const old = before.find(({ number }) => number === item.number);
        if (old?.type === item.type && labelOf(old) === labelOf(item)) {
          expect(read[`f${item.number}`]).toEqual(written[`f${item.number}`]);
        }
      }
    }),
    { numRuns: 400, seed: 20_261_121 },
  );
  expect(seen.compatible).toBeGreaterThan(50);
  expect(seen.incompatible).toBeGreaterThan(50);
});

test('what is incompatible by its type does come out wrong for some value', () => {
  const names = types.filter((type) => type !== 'Inner' && !isMap(type));
  for (const from of names) {
    for (const to of names) {
      const [original, update] = [schemaOf(from), schemaOf(to)];
      if (update.incompatibilitiesWith(original, 'STRICT').length === 0) continue;
      const sample = fc.sample(values[from] as fc.Arbitrary<unknown>, { numRuns: 30, seed: 7 });
      const isWrong = sample.some((value) => {
        const bytes = codecOf(original).encode({ f1: value });
        const read = codecOf(update).decode(bytes) as { readonly f1?: unknown };
        return String(read.f1) !== String((codecOf(original).decode(bytes) as { readonly f1: unknown }).f1);
      });
      expect(isWrong, `${from} becomes ${to}`).toBe(true);
    }
  }
});

function schemaOf(type: string): ProtobufSchema {
  return ProtobufSchema.parse(textOf([{ number: 1, type, label: 'optional', oneof: undefined }]));
}

function codecOf(schema: ProtobufSchema): ProtobufCodec {
  const root = schema.message('M');
  if (root === undefined) throw new TypeError('no message');
  return new ProtobufCodec(root, { longs: 'string' });
}

function textOf(fields: readonly Field[]): string {
  const declared = (item: Field, label: string) => `${label} ${item.type} f${item.number} = ${item.number};`;
  const alone = fields
    .filter((item) => oneofOf(item) === undefined)
    .map((item) => declared(item, isMap(item.type) ? '' : item.label));
  const oneofs = [0, 1].map((index) => {
    const members = fields.filter((item) => oneofOf(item) === index).map((item) => declared(item, ''));
    return members.length === 0 ? '' : `oneof o${index} { ${members.join(' ')} }`;
  });
  return `syntax = "proto3"; package p; message M { ${alone.join(' ')} ${oneofs.join(' ')} }
    message Inner { int32 x = 1; string t = 2; } enum Color { RED = 0; BLUE = 1; }`;
}

/** The label as far as it counts: members of oneofs and maps have none. */
function labelOf(item: Field): Field['label'] {
  return oneofOf(item) !== undefined || isMap(item.type) ? '' : item.label;
}

function oneofOf({ type, oneof }: Field): number | undefined {
  return isMap(type) ? undefined : oneof;
}

/** Some value of every field, and of one member of each oneof. */
function valueOf(fields: readonly Field[], seeds: Iterator<number>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const set = new Set<number>();
  for (const item of fields) {
    const oneof = oneofOf(item);
    if (oneof !== undefined && set.has(oneof)) continue;
    if (oneof !== undefined) set.add(oneof);
    const seed = seeds.next().value as number;
    const isList = item.label === 'repeated' && oneof === undefined && !isMap(item.type);
    const sample = fc.sample(values[item.type] as fc.Arbitrary<unknown>, { numRuns: 3, seed });
    value[`f${item.number}`] = isList ? sample : sample[0];
  }
  return value;
}
