import { expect, test } from 'vitest';
import { schemaGuid } from './schema-identity.ts';

const order = '{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"}]}';

test.each([
  ['a primitive', { schema: '"string"', references: [] }, '095d71cf-1255-6b9d-5e33-0ad575b3df5d'],
  ['a record', { schema: order, references: [] }, '4f33bf48-d05f-5792-d9b4-97941ab511c5'],
  [
    'a record with metadata',
    { schema: order, references: [], metadata: { properties: { owner: 'shop-team' } } },
    'db9eaea4-16b5-9b2c-26e2-1c63091af6eb',
  ],
  [
    'a record with a reference',
    { schema: order, references: [{ name: 'shop.Customer', subject: 'customer', version: 2 }] },
    '799ede10-3a76-d4bc-fd3e-378ca5c8e155',
  ],
])('%s has the GUID that other registries give it', (_name, content, guid) => {
  expect(schemaGuid(content)).toBe(guid);
});

test('metadata without members is not the same as none', () => {
  const plain = { schema: order, references: [] };
  expect(schemaGuid({ ...plain, metadata: {} })).not.toBe(schemaGuid(plain));
});

test('a disabled rule, another order of rules and another environment are other schemas', () => {
  const rule = { name: 'a', kind: 'TRANSFORM', mode: 'WRITEREAD', type: 'CEL', disabled: false };
  const guids = [
    { domainRules: [rule, { ...rule, name: 'b' }] },
    { domainRules: [{ ...rule, name: 'b' }, rule] },
    {
      domainRules: [
        { ...rule, disabled: true },
        { ...rule, name: 'b' },
      ],
    },
    { domainRules: [rule, { ...rule, name: 'b' }], enableAt: 'ALL' },
  ].map((ruleSet) => schemaGuid({ schema: order, references: [], ruleSet }));
  expect(new Set(guids).size).toBe(4);
});
