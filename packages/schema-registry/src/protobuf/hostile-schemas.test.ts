import { describe, expect, test } from 'vitest';
import { ProtobufCodec } from './codec/protobuf-codec.ts';
import { ProtobufSchema } from './protobuf-schema.ts';
import { hostileShapes } from './testing/hostile-shapes.ts';
import { takeThroughTheRegistry } from './testing/through-the-registry.ts';

/** Enough to find what is wrong with many; `npm run conformance:hostile-protos` sees to the time with far more. */
const COUNT = 300;
const CHAIN = 600;

describe('schemas with a great many of something', () => {
  test.each(Object.entries(hostileShapes(COUNT)))('%s', (_name, text) => {
    expect(() => takeThroughTheRegistry(text)).not.toThrow();
  });

  test('a chain of messages in an imported file', () => {
    const chain = (last: string) => {
      const messages = Array.from(
        { length: CHAIN },
        (_, index) => `message M${index} { M${index + 1} f = 1; }`,
      );
      return ProtobufSchema.parse(
        `syntax = "proto3"; ${messages.join(' ')} message M${CHAIN} { ${last} x = 1; }`,
      );
    };
    const withChain = (last: string, version: number) =>
      ProtobufSchema.parse('syntax = "proto3"; import "chain.proto"; message A { M0 first = 1; }', [
        { name: 'chain.proto', subject: 'chain', version, schema: chain(last) },
      ]);
    const before = withChain('int32', 1);
    const [first] = withChain('string', 2).incompatibilitiesWith(before, 'STRICT');
    expect(first).toMatchObject({ errorType: 'FIELD_NAMED_TYPE_CHANGED', path: '#/M499/1' });
    expect(first?.description).toContain('more than 500 messages refer to each other');
    const codec = new ProtobufCodec(before.message('A')!);
    expect(codec.decode(codec.encode({ first: { f: { f: {} } } }))).toEqual({ first: { f: { f: {} } } });
  });
});
