import { customerReference, guids, orders, put, registered, step, type Scene } from './scene.ts';

const { first, withNote, withRequired, other } = orders;
const rule = { name: 'check', kind: 'CONDITION', mode: 'WRITE', type: 'CEL', expr: 'message.id > 0' };

export const versionScenes: readonly Scene[] = [
  {
    title: 'registers a schema once, with id, GUID and version',
    steps: [
      put('POST /subjects/orders/versions', { schema: first }, 200, {
        id: 1,
        version: 1,
        guid: guids.first,
        schemaType: 'AVRO',
        schema: first,
        deleted: false,
      }),
      put('POST /subjects/orders/versions', { schema: first }, 200, { id: 1, version: 1 }),
      put('POST /subjects/orders/versions', { schema: withNote }, 200, { id: 2, version: 2 }),
      put('POST /subjects/other/versions', { schema: first }, 200, { id: 1, version: 1 }),
      put('POST /subjects/:.prod:orders/versions', { schema: withNote }, 200, { id: 1, version: 1 }),
    ],
  },
  {
    title: 'registers what fits, and says what does not',
    steps: [
      ...registered('orders', first),
      {
        ...put('POST /subjects/orders/versions', { schema: withRequired }, 40901),
        contains: 'READER_FIELD_MISSING_DEFAULT_VALUE',
      },
      {
        ...put('POST /subjects/orders/versions', { schema: withRequired }, 40901),
        contains:
          'Schema being registered is incompatible with an earlier schema for subject \\"orders\\", details: [',
      },
      {
        ...put('POST /subjects/orders/versions', { schema: other }, 40901),
        contains: "{oldSchemaVersion: 1}, {oldSchema: '",
      },
      {
        ...put('POST /subjects/orders/versions', { schema: other }, 40901),
        contains: "{validateFields: 'false', compatibility: 'BACKWARD'}",
      },
      {
        ...put('POST /subjects/orders/versions', { schema: '{"type":"object"}', schemaType: 'JSON' }, 40901),
        contains: 'Incompatible because of different schema type',
      },
      step('GET /subjects/orders/versions', 200, [1]),
      put('POST /subjects/orders/versions?force=true', { schema: other }, 200, { version: 2 }),
    ],
  },
  {
    title: 'refuses what makes no sense, and registers nothing of it',
    steps: [
      put('POST /subjects/orders/versions', { schema: 'nonsense' }, 42201),
      put('POST /subjects/orders/versions', { schema: '' }, 42201),
      put('POST /subjects/orders/versions', {}, 42201),
      put('POST /subjects/orders/versions', { schema: first, schemaType: 'XML' }, 42201),
      put(
        'POST /subjects/orders/versions',
        { schema: '{"type":"record","name":"A","fields":[{"name":"x"}]}' },
        42201,
      ),
      put('POST /subjects/orders/versions', { schema: first, version: 3 }, 42201),
      put('POST /subjects/orders/versions', { schema: first, id: 7 }, 42205),
      put('POST /subjects/__GLOBAL/versions', { schema: first }, 42208),
      put('POST /subjects/a%0Ab/versions', { schema: first }, 42208),
      put('POST /subjects/:.__GLOBAL:orders/versions', { schema: first }, 42208),
      put(
        'POST /subjects/orders/versions',
        { schema: first, ruleSet: { domainRules: [{ ...rule, name: '1' }] } },
        42210,
      ),
      put('POST /subjects/orders/versions', { schema: first, ruleSet: { domainRules: [rule, rule] } }, 42210),
      put('POST /subjects/orders/versions', { schema: first, ruleSet: { migrationRules: [rule] } }, 42210),
      put('POST /subjects/orders/versions', '{"schema":', 400),
      put('POST /subjects/orders/versions', '[]', 400),
      step('POST /subjects/orders/versions', 422),
      step('GET /subjects', 200, []),
      step('GET /contexts', 200, ['.']),
    ],
  },
  {
    title: 'refuses schemas that a record of the topic cannot hold',
    steps: [
      put(
        'POST /subjects/orders/versions',
        { schema: `{"type":"record","name":"A","doc":"${'x'.repeat(2_000_000)}","fields":[]}` },
        42209,
      ),
      step('GET /subjects', 200, []),
      ...registered('orders', first),
      step('GET /schemas/ids/1', 200),
    ],
  },
  {
    title: 'gives a schema that was soft-deleted a new version with its old id',
    steps: [
      ...registered('orders', first),
      step('DELETE /subjects/orders/versions/1', 200, 1),
      put('POST /subjects/orders/versions', { schema: first }, 200, { id: 1, version: 2 }),
      step('GET /subjects/orders/versions?deleted=true', 200, [2]),
    ],
  },
  {
    title: 'stores metadata and rules, and takes them over to the next version',
    steps: [
      put(
        'POST /subjects/orders/versions',
        {
          schema: first,
          metadata: { tags: { 'Order.id': ['PII'] }, properties: { owner: 'shop' }, sensitive: ['owner'] },
          ruleSet: { domainRules: [rule] },
        },
        200,
        {
          metadata: { tags: { 'Order.id': ['PII'] }, properties: { owner: 'shop' }, sensitive: ['owner'] },
          ruleSet: { domainRules: [{ ...rule, disabled: false }] },
        },
      ),
      put('POST /subjects/orders/versions', { schema: withNote }, 200, {
        version: 2,
        metadata: { properties: { owner: 'shop' } },
        ruleSet: { domainRules: [{ name: 'check' }] },
      }),
      put('POST /subjects/orders/versions', { metadata: { properties: { owner: 'web' } } }, 200, {
        version: 3,
        schema: withNote,
        metadata: { properties: { owner: 'web' } },
      }),
      put('POST /subjects/orders/versions', { schema: withNote, version: -1 }, 200, {
        version: 4,
        metadata: { properties: { 'confluent:version': '4', owner: 'web' } },
      }),
      put('POST /subjects/plain/versions', { schema: first, version: -1 }, 200, { version: 1 }),
      put('POST /subjects/plain/versions', { schema: first, version: -1 }, 200, { version: 1 }),
      put('POST /subjects/plain', { schema: first }, 200, { version: 1 }),
    ],
  },
  {
    title: 'resolves references, and keeps what is referred to',
    steps: [
      put(
        'POST /subjects/orders/versions',
        { schema: orders.ofCustomer, references: [customerReference] },
        42201,
      ),
      ...registered('customer', orders.customer),
      put(
        'POST /subjects/orders/versions',
        { schema: orders.ofCustomer, references: [{ ...customerReference, version: -1 }] },
        200,
        { id: 2, references: [customerReference] },
      ),
      put(
        'POST /subjects/orders/versions',
        { schema: orders.ofCustomer, references: [customerReference] },
        200,
        { id: 2 },
      ),
      step('GET /subjects/customer/versions/1/referencedby', 200, [2]),
      step('GET /subjects/customer/versions/2/referencedby', 40402),
      step('GET /subjects/nobody/versions/1/referencedby', 40401),
      step('GET /subjects/customer/versions/x/referencedby', 42202),
      step('DELETE /subjects/customer/versions/1', 42206),
      step('DELETE /subjects/orders/versions/1', 200, 1),
      step('GET /subjects/customer/versions/1/referencedby', 200, []),
      step('GET /subjects/customer/versions/1/referencedby?deleted=true', 200, [2]),
      step('DELETE /subjects/customer/versions/1', 200, 1),
      step('DELETE /subjects/customer/versions/1?permanent=true', 42206),
    ],
  },
  {
    title: 'shows references with their context when asked',
    steps: [
      ...registered(':.prod:customer', orders.customer),
      put(
        'POST /subjects/:.prod:orders/versions',
        { schema: orders.ofCustomer, references: [customerReference] },
        200,
      ),
      step('GET /subjects/:.prod:orders/versions/1', 200, { references: [customerReference] }),
      step('GET /subjects/:.prod:orders/versions/1?referenceFormat=qualified', 200, {
        references: [{ ...customerReference, subject: ':.prod:customer' }],
      }),
      step('GET /schemas/ids/2?subject=:.prod:&referenceFormat=qualified', 200, {
        references: [{ ...customerReference, subject: ':.prod:customer' }],
      }),
    ],
  },
  {
    title: 'lists versions in every way that there is',
    steps: [
      step('GET /subjects/orders/versions', 40401),
      ...registered('orders', first, withNote),
      put('POST /subjects/orders/versions?force=true', { schema: other }, 200),
      step('DELETE /subjects/orders/versions/2', 200, 2),
      step('GET /subjects/orders/versions', 200, [1, 3]),
      step('GET /subjects/orders/versions?deleted=true', 200, [1, 2, 3]),
      step('GET /subjects/orders/versions?deletedOnly=true', 200, [2]),
      step('GET /subjects/orders/versions?deletedAsNegative=true', 200, [1, -2, 3]),
      step('GET /subjects/orders/versions?offset=1&limit=1', 200, [3]),
    ],
  },
  {
    title: 'answers one version, by number, latest, or -1',
    steps: [
      step('GET /subjects/orders/versions/1', 40401),
      ...registered('orders', first, withNote),
      step('GET /subjects/orders/versions/1', 200, { subject: 'orders', version: 1, id: 1, schema: first }),
      step('GET /subjects/orders/versions/latest', 200, { version: 2 }),
      step('GET /subjects/orders/versions/LATEST', 200, { version: 2 }),
      step('GET /subjects/orders/versions/%201%20', 200, { version: 1 }),
      step('GET /subjects/orders/versions/-1', 200, { version: 2 }),
      step('GET /subjects/orders/versions/3', 40402),
      step('GET /subjects/orders/versions/0', 42202),
      step('GET /subjects/orders/versions/-2', 42202),
      step('GET /subjects/orders/versions/first', 42202),
      step('GET /subjects/orders/versions/99999999999', 42202),
      step('DELETE /subjects/orders/versions/2', 200, 2),
      step('GET /subjects/orders/versions/2', 40402),
      step('GET /subjects/orders/versions/2?deleted=true', 200, { deleted: true }),
      step('GET /subjects/orders/versions/latest', 200, { version: 1 }),
    ],
  },
  {
    title: 'answers the text of a version by itself',
    steps: [
      step('GET /subjects/orders/versions/1/schema', 40401),
      ...registered('orders', first),
      { send: 'GET /subjects/orders/versions/1/schema', expect: 200, contains: first },
      step('GET /subjects/orders/versions/2/schema', 40402),
      step('GET /subjects/orders/versions/x/schema', 42202),
    ],
  },
  {
    title: 'answers schemas in another format, and as stored when the format is none',
    steps: [
      ...registered('customer', orders.customer),
      put(
        'POST /subjects/orders/versions',
        { schema: orders.ofCustomer, references: [customerReference] },
        200,
      ),
      {
        send: 'GET /subjects/orders/versions/1/schema?format=resolved',
        expect: 200,
        contains: '"name":"Customer"',
      },
      step('GET /subjects/orders/versions/1?format=nonsense', 200, { schema: orders.ofCustomer }),
      put(
        'POST /subjects/proto/versions',
        { schemaType: 'PROTOBUF', schema: 'syntax = "proto3";\nmessage A {\n  int32 a = 1;\n}\n' },
        200,
      ),
      {
        send: 'GET /subjects/proto/versions/1/schema?format=serialized',
        expect: 200,
        contains: 'Ig',
      },
    ],
  },
  {
    title: 'registers and finds in normal form when asked, or when set so',
    steps: [
      ...registered('orders', '{"type":"record","name":"shop.Order","fields":[],"b":1,"a":2}'),
      put(
        'POST /subjects/orders/versions?normalize=true',
        { schema: '{"type":"record","name":"shop.Order","fields":[],"b":1,"a":2}' },
        200,
        { version: 2 },
      ),
      put(
        'POST /subjects/orders?normalize=true',
        { schema: '{"type":"record","name":"shop.Order","fields":[],"a":2,"b":1}' },
        200,
        { version: 2 },
      ),
      put('PUT /config/orders', { normalize: true }, 200),
      put(
        'POST /subjects/orders/versions',
        { schema: '{"a":2,"b":1,"type":"record","name":"shop.Order","fields":[]}' },
        200,
        { version: 2 },
      ),
    ],
  },
  {
    title: 'deletes a version softly, then for good',
    steps: [
      step('DELETE /subjects/orders/versions/1', 40401),
      ...registered('orders', first, withNote),
      step('DELETE /subjects/orders/versions/3', 40402),
      step('DELETE /subjects/orders/versions/x', 42202),
      step('DELETE /subjects/orders/versions/1?permanent=true', 40407),
      step('DELETE /subjects/orders/versions/1', 200, 1),
      step('DELETE /subjects/orders/versions/1', 40406),
      step('DELETE /subjects/orders/versions/1?permanent=true', 200, 1),
      step('DELETE /subjects/orders/versions/1?permanent=true', 40402),
      step('DELETE /subjects/orders/versions/latest', 200, 2),
      put('PUT /mode/orders', { mode: 'READONLY' }, 200),
      step('DELETE /subjects/orders/versions/2?permanent=true', 42205),
    ],
  },
  {
    title: 'changes tags, metadata and rules of a version into a new one',
    steps: [
      put('POST /subjects/orders/versions/latest/tags', { newVersion: 2 }, 40401),
      ...registered('orders', first),
      put('POST /subjects/orders/versions/9/tags', { newVersion: 2 }, 40402),
      put('POST /subjects/orders/versions/x/tags', { newVersion: 2 }, 42202),
      put('POST /subjects/__EMPTY/versions/1/tags', { newVersion: 2 }, 42208),
      put(
        'POST /subjects/orders/versions/latest/tags',
        {
          newVersion: 2,
          tagsToAdd: [
            { schemaEntity: { entityPath: 'shop.Order.id', entityType: 'sr_field' }, tags: ['PII', 'KEY'] },
          ],
          rulesToMerge: { domainRules: [rule] },
        },
        200,
        {
          version: 2,
          metadata: { properties: { 'confluent:version': '2' } },
          ruleSet: { domainRules: [{ name: 'check' }] },
        },
      ),
      step('GET /subjects/orders/versions/2?findTags=PII', 200, {
        schemaTags: [
          { schemaEntity: { entityPath: 'shop.Order.id', entityType: 'sr_field' }, tags: ['PII', 'KEY'] },
        ],
      }),
      step('GET /schemas/ids/2?findTags=*', 200, {
        schemaTags: [{ schemaEntity: { entityPath: 'shop.Order.id' } }],
      }),
      put(
        'POST /subjects/orders/versions/latest/tags',
        {
          newVersion: 3,
          tagsToRemove: [
            { schemaEntity: { entityPath: 'shop.Order.id', entityType: 'sr_field' }, tags: ['KEY'] },
          ],
          rulesToRemove: ['check'],
        },
        200,
        { version: 3 },
      ),
      put(
        'POST /subjects/orders/versions/latest/tags',
        {
          tagsToAdd: [
            { schemaEntity: { entityPath: 'shop.Order.nobody', entityType: 'sr_field' }, tags: ['PII'] },
          ],
        },
        42201,
      ),
      put('POST /subjects/orders/versions/latest/tags', { newVersion: 9 }, 42201),
      put(
        'POST /subjects/orders/versions/latest/tags',
        { ruleSet: { domainRules: [rule] }, rulesToRemove: ['check'] },
        42210,
      ),
      put(
        'PUT /config/orders',
        { compatibilityGroup: 'major', defaultMetadata: { properties: { major: '1' } } },
        200,
      ),
      put('PUT /mode/orders', { mode: 'READONLY' }, 200),
      put('POST /subjects/orders/versions/latest/tags', { newVersion: 4 }, 42205),
    ],
  },
  {
    title: 'changes tags inside of Protobuf and JSON Schema',
    steps: [
      put(
        'POST /subjects/proto/versions',
        {
          schemaType: 'PROTOBUF',
          schema: 'syntax = "proto3"; package shop; message Order { int64 id = 1; }',
        },
        200,
      ),
      put(
        'POST /subjects/proto/versions/latest/tags',
        {
          newVersion: 2,
          tagsToAdd: [{ schemaEntity: { entityPath: '.Order.id', entityType: 'sr_field' }, tags: ['PII'] }],
        },
        200,
        { version: 2 },
      ),
      step('GET /subjects/proto/versions/2?findTags=PII', 200, {
        schemaTags: [{ schemaEntity: { entityPath: 'Order.id', entityType: 'sr_field' }, tags: ['PII'] }],
      }),
      put(
        'POST /subjects/proto/versions/latest/tags',
        { tagsToAdd: [{ schemaEntity: { entityPath: 'Order.x', entityType: 'sr_field' }, tags: ['PII'] }] },
        42201,
      ),
      put(
        'POST /subjects/json/versions',
        { schemaType: 'JSON', schema: '{"type":"object","properties":{"id":{"type":"integer"}}}' },
        200,
      ),
      put(
        'POST /subjects/json/versions/latest/tags',
        {
          newVersion: 2,
          tagsToAdd: [{ schemaEntity: { entityPath: 'object.id', entityType: 'sr_field' }, tags: ['PII'] }],
        },
        200,
        { version: 2 },
      ),
      put(
        'POST /subjects/json/versions',
        {
          schemaType: 'JSON',
          schema: 'nonsense',
          schemaTagsToAdd: [{ schemaEntity: { entityPath: 'object', entityType: 'sr_record' }, tags: ['X'] }],
        },
        42201,
      ),
    ],
  },
  {
    title: 'changes tags only within the compatibility level and the size of a record',
    steps: [
      ...registered('orders', first),
      put('POST /subjects/orders/versions?force=true', { schema: other }, 200, { version: 2 }),
      put('POST /subjects/orders/versions/1/tags', { newVersion: 3 }, 40901),
      put(
        'POST /subjects/orders/versions/latest/tags',
        { newVersion: 3, metadata: { properties: { long: 'x'.repeat(1_100_000) } } },
        42209,
      ),
    ],
  },
  {
    title: 'adds and takes over tags while registering',
    steps: [
      put(
        'POST /subjects/orders/versions',
        {
          schema: first,
          schemaTagsToAdd: [
            { schemaEntity: { entityPath: 'shop.Order', entityType: 'sr_record' }, tags: ['X'] },
          ],
        },
        200,
        { version: 1, metadata: { properties: { 'confluent:version': '1' } } },
      ),
      put('POST /subjects/orders/versions', { schema: withNote, propagateSchemaTags: true }, 200, {
        version: 2,
      }),
      { send: 'GET /subjects/orders/versions/2/schema', expect: 200, contains: '"confluent:tags":["X"]' },
    ],
  },
];
