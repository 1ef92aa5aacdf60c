import { describe, expect, test } from 'vitest';
import { readRecord } from './read-record.ts';
import type { RegistryWrite, SchemaValue } from './registry-record.ts';
import { writeRecord } from './write-record.ts';

const schema: SchemaValue = {
  subject: 'orders-value',
  version: 1,
  id: 7,
  schemaType: 'AVRO',
  references: [],
  schema: '"string"',
  deleted: false,
};

const association = {
  resourceName: 'orders',
  resourceNamespace: 'lkc-1',
  resourceType: 'topic',
  associationType: 'value',
  subject: 'orders-value',
};

/** Each with the bytes that Confluent's registry writes: another member order would defeat compaction. */
const records: readonly (readonly [string, RegistryWrite, string, string | null])[] = [
  [
    'a schema',
    { type: 'SCHEMA', key: { subject: 'orders-value', version: 1 }, value: schema },
    '{"keytype":"SCHEMA","subject":"orders-value","version":1,"magic":1}',
    String.raw`{"subject":"orders-value","version":1,"id":7,"schemaType":"AVRO","schema":"\"string\"","deleted":false}`,
  ],
  [
    'a schema with all that may belong to it',
    {
      type: 'SCHEMA',
      key: { subject: 'orders-value', version: 2 },
      value: {
        ...schema,
        version: 2,
        references: [{ name: 'shop.Customer', subject: 'customer', version: 3 }],
        metadata: { tags: { 'Order.id': ['PII'] }, properties: { owner: 'shop' }, sensitive: ['owner'] },
        ruleSet: {
          domainRules: [
            { name: 'r', kind: 'CONDITION', mode: 'WRITE', type: 'CEL', expr: 'x', disabled: false },
          ],
        },
        deleted: true,
      },
    },
    '{"keytype":"SCHEMA","subject":"orders-value","version":2,"magic":1}',
    String.raw`{"subject":"orders-value","version":2,"id":7,"schemaType":"AVRO","references":[{"name":"shop.Customer","subject":"customer","version":3}],"metadata":{"tags":{"Order.id":["PII"]},"properties":{"owner":"shop"},"sensitive":["owner"]},"ruleSet":{"domainRules":[{"name":"r","kind":"CONDITION","mode":"WRITE","type":"CEL","expr":"x","disabled":false}]},"schema":"\"string\"","deleted":true}`,
  ],
  [
    'a schema deleted for good',
    { type: 'SCHEMA', key: { subject: 'a', version: 1 }, value: null },
    '{"keytype":"SCHEMA","subject":"a","version":1,"magic":1}',
    null,
  ],
  [
    'the settings of everything',
    { type: 'CONFIG', key: { subject: undefined }, value: { compatibilityLevel: 'FULL', normalize: true } },
    '{"keytype":"CONFIG","magic":0}',
    '{"normalize":true,"compatibilityLevel":"FULL"}',
  ],
  [
    'the settings of a subject',
    { type: 'CONFIG', key: { subject: 'a' }, value: { compatibilityLevel: 'NONE' } },
    '{"keytype":"CONFIG","subject":"a","magic":0}',
    '{"subject":"a","compatibilityLevel":"NONE"}',
  ],
  [
    'a mode',
    { type: 'MODE', key: { subject: 'a' }, value: { mode: 'READONLY' } },
    '{"keytype":"MODE","subject":"a","magic":0}',
    '{"subject":"a","mode":"READONLY"}',
  ],
  [
    'a soft-deleted subject',
    { type: 'DELETE_SUBJECT', key: { subject: 'a' }, value: { version: 4 } },
    '{"keytype":"DELETE_SUBJECT","subject":"a","magic":0}',
    '{"subject":"a","version":4}',
  ],
  [
    'a cleared subject',
    { type: 'CLEAR_SUBJECT', key: { subject: 'a' }, value: true },
    '{"keytype":"CLEAR_SUBJECT","subject":"a","magic":0}',
    '{"subject":"a"}',
  ],
  [
    'a context',
    { type: 'CONTEXT', key: { context: '.prod' }, value: true },
    '{"keytype":"CONTEXT","tenant":"default","context":".prod","magic":0}',
    '{"tenant":"default","context":".prod"}',
  ],
  [
    'an association',
    {
      type: 'ASSOC',
      key: association,
      value: { guid: 'g', ...association, resourceId: 't-1', lifecycle: 'WEAK', frozen: false },
    },
    '{"keytype":"ASSOC","tenant":"default","resourceName":"orders","resourceNamespace":"lkc-1","resourceType":"topic","associationType":"value","subject":"orders-value","magic":0}',
    '{"guid":"g","tenant":"default","resourceName":"orders","resourceNamespace":"lkc-1","resourceId":"t-1","resourceType":"topic","associationType":"value","subject":"orders-value","lifecycle":"WEAK","frozen":false}',
  ],
  ['the end of the log', { type: 'NOOP', key: null, value: null }, '{"keytype":"NOOP","magic":0}', null],
];

describe.each(records)('the record of %s', (_title, write, key, value) => {
  test('is written to the byte', () => {
    expect(writeRecord(write)).toEqual({ key, value });
  });

  test('is read back', () => {
    const bytes = {
      key: Buffer.from(key),
      value: value === null ? null : Buffer.from(value),
      timestampMs: 5,
    };
    expect(readRecord(bytes)).toEqual({ ...write, timestampMs: 5 });
  });
});

describe('a reader', () => {
  const read = (key: string, value: string | null) =>
    readRecord({
      key: Buffer.from(key),
      value: value === null ? null : Buffer.from(value),
      timestampMs: 0,
    });

  test('takes members in any order, and leaves unknown ones aside', () => {
    const key = '{"magic":1,"version":1,"keytype":"SCHEMA","subject":"orders-value","tenant":"x"}';
    const value = String.raw`{"deleted":false,"schema":"\"string\"","id":7,"md5":"x","offset":3,"subject":"orders-value","version":1}`;
    expect(read(key, value)).toEqual({ ...records[0]![1], timestampMs: 0 });
  });

  test('takes the null subject of old records for everything', () => {
    expect(read('{"keytype":"CONFIG","subject":null,"magic":0}', '{"compatibilityLevel":"NONE"}')).toEqual({
      type: 'CONFIG',
      key: { subject: undefined },
      value: { compatibilityLevel: 'NONE' },
      timestampMs: 0,
    });
  });

  test('leaves kinds of records alone that came later', () => {
    expect(read('{"keytype":"KEK","name":"k","magic":0}', '{}')).toBeUndefined();
    expect(readRecord({ key: null, value: null, timestampMs: 0 })).toBeUndefined();
  });

  test.each([
    ['no JSON', 'nonsense', '{}'],
    ['a list', '[]', '{}'],
    ['no subject', '{"keytype":"SCHEMA","version":1,"magic":1}', '{}'],
    ['no id', '{"keytype":"SCHEMA","subject":"a","version":1,"magic":1}', '{"schema":"x"}'],
    ['an unknown mode', '{"keytype":"MODE","subject":"a","magic":0}', '{"mode":"SOMETIMES"}'],
  ])('refuses %s', (_what, key, value) => {
    expect(() => read(key, value)).toThrow();
  });
});
