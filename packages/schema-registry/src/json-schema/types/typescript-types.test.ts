import { expect, test } from 'vitest';
import type { ResolvedReference } from '../../format/schema-format.ts';
import { jsonSchemaFormat } from '../json-schema-format.ts';
import { jsonSchemaTypes } from './typescript-types.ts';

test('types are printed for a schema and all that it refers to', () => {
  const address = parse({
    $id: 'http://shop/address.json',
    title: 'Address',
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  });
  const order = parse(
    {
      $id: 'http://shop/order.json',
      title: 'customer order',
      description: 'What a customer bought.',
      type: 'object',
      properties: {
        id: { type: 'integer', description: 'Never reused. */' },
        'ship-to': { $ref: 'address.json' },
        status: { enum: ['NEW', 'PAID', null] },
        lines: { type: 'array', items: { $ref: '#/definitions/line' } },
        amount: { type: ['number', 'string'] },
        extra: { type: 'object', additionalProperties: { type: 'boolean' } },
        pair: { type: 'array', items: [{ type: 'string' }], additionalItems: { type: ['number', 'null'] } },
        inner: { type: 'object', properties: { on: { const: true } }, required: ['on'] },
        parent: { $ref: '#' },
        any: {},
      },
      required: ['id', 'ship-to'],
      definitions: {
        line: {
          allOf: [
            { type: 'object', properties: { sku: { type: 'string' } } },
            { anyOf: [{ properties: { a: true } }, { type: 'null' }] },
          ],
        },
      },
    },
    [{ name: 'address.json', subject: 'address', version: 1, schema: address }],
  );
  expect(jsonSchemaTypes(order)).toMatchInlineSnapshot(`
    "/** What a customer bought. */
    export interface CustomerOrder {
      /** Never reused. *\\/ */
      id: number;
      "ship-to": Address;
      status?: "NEW" | "PAID" | null;
      lines?: Line[];
      amount?: number | string;
      extra?: Record<string, boolean>;
      pair?: [string, ...(number | null)[]];
      inner?: {
        on: true;
      };
      parent?: CustomerOrder;
      any?: unknown;
    }

    export interface Address {
      city: string;
    }

    export type Line = {
      sku?: string;
    } & ({
      a?: unknown;
    } | null);
    "
  `);
});

test('two schemas of one name are told apart, and names that are no identifiers are made some', () => {
  const schema = parse({
    type: 'object',
    properties: {
      a: { $ref: '#/definitions/1st' },
      b: { $ref: '#/properties/c/definitions/1st' },
      c: { definitions: { '1st': { type: 'string' } } },
    },
    definitions: { '1st': { type: 'null' } },
  });
  expect(jsonSchemaTypes(schema, { name: 'the root' })).toMatchInlineSnapshot(`
    "export interface TheRoot {
      a?: Type1st;
      b?: Type1st2;
      c?: unknown;
    }

    export type Type1st = null;

    export type Type1st2 = string;
    "
  `);
});

function parse(schema: object, references: readonly ResolvedReference[] = []) {
  return jsonSchemaFormat.parse(JSON.stringify(schema), references, { strict: true });
}
