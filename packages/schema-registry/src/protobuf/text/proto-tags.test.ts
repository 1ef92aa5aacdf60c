import { describe, expect, test } from 'vitest';
import { readProto } from '../protobuf-schema.ts';
import { printProto } from './print-proto.ts';
import { protoEntities, withProtoTags } from './proto-tags.ts';

const schema = `syntax = "proto3";
package shop;
import "confluent/meta.proto";
message Order {
  option (confluent.message_meta).tags = "OTHER";
  int32 id = 1 [(confluent.field_meta).tags = "KEY", (confluent.field_meta).doc = "which one", deprecated = true];
  oneof paid { string card = 2; }
  message Line { string sku = 1; }
}`;

const tags = (text: string) =>
  Object.fromEntries(protoEntities(readProto(text).file).map((entity) => [entity.entityPath, entity.tags]));

function tagged(text: string, changes: Readonly<Record<string, readonly string[]>>): string {
  return printProto(withProtoTags(readProto(text).file, ({ entityPath }) => changes[entityPath]));
}

test('messages, fields and fields of a oneof are found with their tags', () => {
  expect(tags(schema)).toEqual({
    Order: ['OTHER'],
    'Order.id': ['KEY'],
    'Order.card': [],
    'Order.Line': [],
    'Order.Line.sku': [],
  });
});

describe('other tags', () => {
  test('keep what else the options say', () => {
    const text = tagged(schema, {
      'Order.id': ['KEY', 'PII'],
      Order: [],
      'Order.card': ['PCI'],
      'Order.Line': ['X'],
    });
    expect(tags(text)).toEqual({
      Order: [],
      'Order.id': ['KEY', 'PII'],
      'Order.card': ['PCI'],
      'Order.Line': ['X'],
      'Order.Line.sku': [],
    });
    expect(text).toMatchInlineSnapshot(`
      "syntax = "proto3";
      package shop;

      import "confluent/meta.proto";

      message Order {
        int32 id = 1 [
          (confluent.field_meta) = {
            doc: "which one",
            tags: [
              "KEY",
              "PII"
            ]
          },
          deprecated = true
        ];

        oneof paid {
          string card = 2 [(confluent.field_meta) = {
            tags: [
              "PCI"
            ]
          }];
        }

        message Line {
          option (confluent.message_meta) = {
            tags: [
              "X"
            ]
          };
        
          string sku = 1;
        }
      }
      "
    `);
  });

  test('leave a schema alone that stays as it is', () => {
    expect(tagged(schema, {})).toBe(printProto(readProto(schema).file));
  });

  test('are declared by an import', () => {
    const plain = 'syntax = "proto3"; message A { string b = 1; }';
    expect(tagged(plain, { 'A.b': [] })).not.toContain('import');
    expect(tagged(plain, { 'A.b': ['PII'] })).toContain('import "confluent/meta.proto";');
  });
});
