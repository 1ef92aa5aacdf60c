import { guids, orders, put, registered, step, type Scene } from './scene.ts';

const { first, withNote } = orders;
const rule = { name: 'check', mode: 'WRITE', type: 'CEL', expr: 'true' };

export const schemaScenes: readonly Scene[] = [
  {
    title: 'answers a schema by its id',
    steps: [
      step('GET /schemas/ids/1', 40403),
      ...registered('orders', first),
      step('GET /schemas/ids/1', 200, {
        schema: first,
        schemaType: 'AVRO',
        guid: guids.first,
        subject: 'orders',
        version: 1,
      }),
      step('GET /schemas/ids/1?fetchMaxId=true', 200, { maxId: 1 }),
      step('GET /schemas/ids/one', 404),
      step('GET /schemas/ids/-1', 40403),
      step('DELETE /subjects/orders', 200, [1]),
      step('GET /schemas/ids/1', 200, { schema: first, deleted: true }),
      step('DELETE /subjects/orders?permanent=true', 200, [1]),
      step('GET /schemas/ids/1', 40403),
    ],
  },
  {
    title: 'counts ids per context, and finds an id by the subject that uses it',
    steps: [
      ...registered('orders', first),
      ...registered(':.prod:orders', withNote),
      ...registered(':.prod:payments', '"string"'),
      step('GET /schemas/ids/1', 200, { schema: first }),
      step('GET /schemas/ids/1?subject=:.prod:', 200, { schema: withNote }),
      step('GET /schemas/ids/2?subject=payments', 200, { schema: '"string"' }),
      step('GET /schemas/ids/2?subject=:.prod:orders', 40403),
      step('GET /schemas/ids/2', 40403),
    ],
  },
  {
    title: 'answers the text of an id by itself',
    steps: [
      ...registered('orders', first),
      { send: 'GET /schemas/ids/1/schema', expect: 200, contains: first },
      step('GET /schemas/ids/9/schema', 40403),
    ],
  },
  {
    title: 'tells who uses an id',
    steps: [
      ...registered('b', first),
      ...registered('a', first),
      step('GET /schemas/ids/1/subjects', 200, ['b', 'a']),
      step('GET /schemas/ids/1/versions', 200, [
        { subject: 'b', version: 1 },
        { subject: 'a', version: 1 },
      ]),
      step('GET /schemas/ids/1/versions?offset=1', 200, [{ subject: 'a', version: 1 }]),
      step('DELETE /subjects/b', 200, [1]),
      step('GET /schemas/ids/1/subjects', 200, ['a']),
      step('GET /schemas/ids/1/subjects?deleted=true', 200, ['a', 'b']),
      step('GET /schemas/ids/9/subjects', 40403),
      step('GET /schemas/ids/9/versions', 40403),
    ],
  },
  {
    title: 'answers a schema by its GUID, wherever it is registered',
    steps: [
      ...registered(':.prod:orders', first),
      ...registered(':.test:orders', '"string"'),
      ...registered(':.test:orders-2', first),
      step(`GET /schemas/guids/${guids.first}`, 200, { schema: first, guid: guids.first }),
      step(`GET /schemas/guids/${guids.first.toUpperCase()}`, 200),
      step(`GET /schemas/guids/${guids.first.replaceAll('-', '')}`, 200),
      step(`GET /schemas/guids/${guids.first}/ids`, 200, [
        { context: '.prod', id: 1 },
        { context: '.test', id: 2 },
      ]),
      step('GET /schemas/guids/nonsense', 40403),
      step('GET /schemas/guids/nonsense/ids', 200, []),
    ],
  },
  {
    title: 'lists schemas by prefix, latest, rule, alias and association',
    steps: [
      ...registered('a', first, withNote),
      put('POST /subjects/b/versions', { schema: first, ruleSet: { domainRules: [rule] } }, 200),
      ...registered(':.prod:c', first),
      put('PUT /config/short', { alias: 'b' }, 200),
      step('GET /schemas', 200, [
        { subject: 'a', version: 1 },
        { subject: 'a', version: 2 },
        { subject: 'b', version: 1 },
      ]),
      step('GET /schemas?latestOnly=true', 200, [
        { subject: 'a', version: 2 },
        { subject: 'b', version: 1 },
      ]),
      step('GET /schemas?subjectPrefix=:*:&latestOnly=true&limit=1', 200, [{ subject: ':.prod:c' }]),
      step('GET /schemas?ruleType=CEL', 200, [{ subject: 'b' }]),
      step('GET /schemas?subjectPrefix=short', 200, []),
      step('GET /schemas?subjectPrefix=short&aliases=true', 200, [{ subject: 'b', aliases: ['short'] }]),
      step('DELETE /subjects/a', 200, [1, 2]),
      step('GET /schemas?subjectPrefix=a', 200, []),
      step('GET /schemas?subjectPrefix=a&deleted=true', 200, [{ version: 1 }, { version: 2 }]),
      put(
        'POST /associations',
        {
          resourceName: 'orders',
          resourceNamespace: 'lkc',
          resourceId: 't-1',
          associations: [{ subject: 'b', associationType: 'value' }],
        },
        200,
      ),
      step('GET /schemas?lifecycle=WEAK', 200, [
        { subject: 'b', associations: [{ resourceName: 'orders' }] },
      ]),
      step('GET /schemas?lifecycle=STRONG', 200, []),
      step('GET /schemas?subjectPrefix=:.prod:&lifecycle=NONE', 200, [{ subject: ':.prod:c' }]),
      step('GET /schemas?resourceType=topic&associationType=key', 200, []),
    ],
  },
  {
    title: 'names the formats it knows',
    steps: [step('GET /schemas/types', 200, ['AVRO', 'PROTOBUF', 'JSON'])],
  },
];
