import { orders, put, registered, step, type Scene } from './scene.ts';

const { first, withNote } = orders;

export const serverScenes: readonly Scene[] = [
  {
    title: 'says that it is there',
    properties: { 'schema.registry.group.id': 'schema-registry' },
    steps: [
      step('GET /', 200, {}),
      step('POST /', 200, {}),
      step('GET /v1/metadata/id', 200, {
        id: '',
        scope: { path: [], clusters: { 'schema-registry-cluster': 'schema-registry' } },
      }),
      step('GET /v1/metadata/version', 200, { version: '8.5.0' }),
      step('GET /v1/metadata/deployment', 200, { attributes: ['deploymentScope:opensource'] }),
    ],
  },
  {
    title: 'describes itself',
    steps: [
      step('GET /openapi.json', 200, { openapi: '3.1.0' }),
      { send: 'GET /openapi', expect: 200, contains: '<h1>Schema registry</h1>' },
    ],
  },
  {
    title: 'answers what it does not know with JSON',
    steps: [
      step('GET /exporters', 404),
      step('PATCH /subjects', 405),
      step('PUT /subjects/orders', 405),
      step('GET /subjects/orders/versions/', 40401),
      { send: 'GET /subjects', headers: { accept: 'text/plain' }, expect: 406 },
      { send: 'POST /subjects/a', headers: { 'content-type': 'text/xml' }, body: '<a/>', expect: 415 },
    ],
  },
  {
    title: 'takes requests as curl and old clients send them',
    steps: [
      {
        send: 'POST /subjects/a/versions',
        headers: { 'content-type': 'application/octet-stream' },
        body: { schema: first },
        expect: 200,
      },
      {
        send: 'POST /subjects/a/versions',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'confluent-accept-unknown-properties': 'true',
        },
        body: { schema: first },
        expect: 200,
      },
      {
        send: 'GET /subjects',
        headers: { accept: 'application/vnd.schemaregistry+json; qs=0.9, application/json; qs=0.5' },
        expect: 200,
        answer: ['a'],
      },
    ],
  },
  {
    title: 'puts subjects into the context of the address',
    steps: [
      ...registered('orders', first),
      put('POST /contexts/.prod/subjects/orders/versions', { schema: withNote }, 200, { id: 1, version: 1 }),
      put('POST /contexts/prod/subjects/orders/versions', { schema: withNote }, 200, { id: 1, version: 1 }),
      put('POST /contexts/%3A.prod%3A/subjects/%3A.test%3Aorders/versions', { schema: first }, 200),
      step('GET /contexts/.prod/subjects', 200, [':.prod:orders']),
      step('GET /contexts/.prod/subjects/orders/versions/1', 200, {
        subject: ':.prod:orders',
        schema: withNote,
      }),
      step('GET /contexts/.prod/schemas/ids/1', 200, { schema: withNote }),
      step('GET /contexts/.prod/schemas/ids/1?subject=orders', 200, { schema: withNote }),
      step('GET /contexts/.prod/schemas', 200, [{ subject: ':.prod:orders' }]),
      put('PUT /contexts/.prod/config', { compatibility: 'NONE' }, 200),
      step('GET /config/:.prod:', 200, { compatibilityLevel: 'NONE' }),
      step('GET /config', 200, { compatibilityLevel: 'BACKWARD' }),
      put('PUT /contexts/.prod/mode/orders', { mode: 'READONLY' }, 200),
      step('GET /mode/:.prod:orders', 200, { mode: 'READONLY' }),
      put('POST /contexts/.prod/compatibility/subjects/orders/versions', { schema: first }, 200, {
        is_compatible: true,
      }),
      step('GET /contexts/a%3Ab/subjects', 400),
      step('GET /contexts', 200, ['.', '.prod', '.test']),
      step('GET /contexts?contextPrefix=.p', 200, ['.prod']),
      step('GET /contexts?offset=1&limit=1', 200, ['.prod']),
    ],
  },
  {
    title: 'deletes a context that is empty',
    steps: [
      ...registered(':.prod:orders', first),
      step('DELETE /contexts/.prod', 42211),
      step('DELETE /subjects/:.prod:orders', 200, [1]),
      step('DELETE /contexts/.prod', 42211),
      step('DELETE /subjects/:.prod:orders?permanent=true', 200, [1]),
      step('DELETE /contexts/.prod', 204),
      step('GET /contexts', 200, ['.']),
      step('DELETE /contexts/:.prod:', 204),
    ],
  },
  {
    title: 'keeps to the size it is given',
    properties: { 'size.limit.filter.enabled': true, 'size.limit.filter.max.request.body.size': 200 },
    steps: [
      put('POST /subjects/a/versions', { schema: '"string"' }, 200),
      put('POST /subjects/a/versions', { schema: `"${'x'.repeat(200)}"` }, 413),
    ],
  },
];
