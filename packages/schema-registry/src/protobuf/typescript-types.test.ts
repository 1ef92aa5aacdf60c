import { describe, expect, test } from 'vitest';
import { ProtobufSchema } from './protobuf-schema.ts';
import { protobufSchemaTypes } from './typescript-types.ts';

const schema = ProtobufSchema.parse(`syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
message Order {
  int64 order_id = 1; string customer = 2; repeated Line lines = 3; map<string, Line> by_sku = 4; optional string note = 5;
  Status status = 6; google.protobuf.Timestamp at = 7; bytes raw = 8 [deprecated = true]; repeated Status history = 9;
  oneof payment { string card = 10; Order replaces = 11; }
  message Line { bool gift = 1; double price = 2; }
}
enum Status { NEW = 0; PAID = 1; }
message Other { option deprecated = true; uint32 x = 1; }`);

describe('TypeScript types of Protobuf schemas', () => {
  test('one interface for each message, one type for each enum, with those of imported files', () => {
    expect(protobufSchemaTypes(schema)).toBe(`export interface Order {
  orderId: number;
  customer: string;
  lines: OrderLine[];
  bySku: Record<string, OrderLine>;
  note?: string;
  status: Status;
  at?: Timestamp;
  /** @deprecated */
  raw: Buffer;
  history: Status[];
  /** Of the oneof payment: at most one is set. */
  card?: string;
  /** Of the oneof payment: at most one is set. */
  replaces?: Order;
}

/** @deprecated */
export interface Other {
  x: number;
}

export type Status = "NEW" | "PAID" | number;

export interface OrderLine {
  gift: boolean;
  price: number;
}

export interface Timestamp {
  seconds: number;
  nanos: number;
}
`);
  });

  test('one message under another name, with the options of the serde', () => {
    const types = protobufSchemaTypes(schema, {
      messageName: 'shop.Other',
      name: 'Thing',
      fieldNames: 'proto',
    });
    expect(types).toBe('/** @deprecated */\nexport interface Thing {\n  x: number;\n}\n');
    expect(protobufSchemaTypes(schema, { longs: 'bigint', fieldNames: 'proto' })).toContain(
      '  order_id: bigint;\n',
    );
    expect(protobufSchemaTypes(schema, { enums: 'number' })).toContain('export type Status = number;\n');
    expect(() => protobufSchemaTypes(schema, { messageName: 'Missing' })).toThrow(
      'The schema has no message "Missing"',
    );
  });

  test('closed enums and required fields of proto2', () => {
    const proto2 = ProtobufSchema.parse(
      'syntax = "proto2"; message A { required E e = 1; optional A a = 2; } enum E { ONE = 1; }',
    );
    expect(protobufSchemaTypes(proto2)).toBe(
      'export interface A {\n  e: E;\n  a?: A;\n}\n\nexport type E = "ONE";\n',
    );
  });
});
