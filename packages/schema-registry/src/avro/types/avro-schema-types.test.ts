import { expect, test } from 'vitest';
import { AvroSchema } from '../avro-format.ts';
import { avroSchemaTypes } from './avro-schema-types.ts';

test('types are printed for a schema and all named schemas in it', () => {
  const schema = AvroSchema.parse(
    JSON.stringify({
      type: 'record',
      name: 'shop.order',
      doc: 'What a customer bought.',
      fields: [
        { name: 'id', type: 'long', doc: 'Never reused. */' },
        { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID'] } },
        { name: 'note', type: ['null', 'string'], default: null },
        { name: 'lines', type: { type: 'array', items: ['null', 'Status'] } },
        { name: 'extra', type: { type: 'map', values: 'bytes' } },
        { name: 'parent', type: ['null', 'shop.order'] },
        {
          name: 'old',
          type: {
            type: 'record',
            name: 'archive.order',
            fields: [{ name: 'hash', type: { type: 'fixed', name: 'Hash', size: 4 } }],
          },
        },
      ],
    }),
  );
  expect(avroSchemaTypes(schema)).toMatchInlineSnapshot(`
    "/** What a customer bought. */
    export interface Order {
      /** Never reused. *\\/ */
      id: number;
      status: Status;
      note: null | string;
      lines: (null | Status)[];
      extra: Record<string, Buffer>;
      parent: null | Order;
      old: Order2;
    }

    export type Status = "NEW" | "PAID";

    export interface Order2 {
      hash: Buffer;
    }
    "
  `);
});

test('a schema without a name is called Value, or as one likes', () => {
  const schema = AvroSchema.parse('{"type":"array","items":"int"}');
  expect(avroSchemaTypes(schema)).toBe('export type Value = number[];\n');
  expect(avroSchemaTypes(schema, { name: 'Numbers' })).toBe('export type Numbers = number[];\n');
});
