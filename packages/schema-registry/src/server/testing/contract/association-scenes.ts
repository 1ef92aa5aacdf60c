import { orders, put, registered, step, type Scene } from './scene.ts';

const { first, withNote, other, customer, ofCustomer } = orders;

const topic = {
  resourceName: 'orders',
  resourceNamespace: 'lkc-1',
  resourceId: 't-1',
  resourceType: 'topic',
};
const weak = (subject: string, associationType = 'value') => ({
  subject,
  associationType,
  lifecycle: 'WEAK',
});
const strong = (schema: string, associationType = 'value') => ({ associationType, schema: { schema } });
const request = (...associations: readonly object[]) => ({ ...topic, associations });
const owned = ':.lkc-1:orders-value';

export const associationScenes: readonly Scene[] = [
  {
    title: 'ties an existing subject to a topic',
    steps: [
      put('POST /associations', request(weak('shared')), 40907),
      ...registered('shared', first),
      put('POST /associations?dryRun=true', request(weak('shared')), 200, { resourceName: 'orders' }),
      step('GET /associations/subjects/shared', 200, []),
      put('POST /associations', request(weak('shared')), 200, {
        ...topic,
        associations: [{ subject: 'shared', associationType: 'value', lifecycle: 'WEAK', frozen: false }],
      }),
      put('POST /associations', request(weak('shared')), 200),
      step('GET /associations/resources/lkc-1/orders?resourceType=topic&associationType=value', 200, [
        { ...topic, subject: 'shared', associationType: 'value', lifecycle: 'WEAK', frozen: false },
      ]),
      step('GET /associations/resources/-/orders?associationType=value', 200, [{ subject: 'shared' }]),
      step('GET /associations/resources/-/orders?associationType=key', 200, []),
      step('GET /associations/resources/lkc-2/orders', 200, []),
      step('GET /associations/resources/lkc-1/-', 200, [{ subject: 'shared' }]),
      step('GET /associations/resources/t-1', 200, [{ subject: 'shared' }]),
      step('GET /associations/subjects/shared?lifecycle=WEAK', 200, [{ resourceId: 't-1' }]),
      step('GET /associations/subjects/shared?lifecycle=STRONG', 200, []),
      step('GET /associations/subjects/nobody', 200, []),
    ],
  },
  {
    title: 'makes a subject that belongs to a topic alone',
    steps: [
      put('POST /associations', request(strong(first)), 200, {
        associations: [
          { subject: owned, lifecycle: 'STRONG', frozen: true, schema: { version: 1, schema: first } },
        ],
      }),
      put('POST /associations', request(strong(first)), 200),
      put('POST /associations', request(strong(other)), 40903),
      put('POST /associations', request(weak('shared')), 40903),
      step(`GET /subjects/${owned}/versions`, 200, [1]),
      step(`DELETE /subjects/${owned}`, 40904),
      step(`DELETE /subjects/${owned}/versions/1`, 40907),
      put(
        'POST /subjects/:.lkc-1:x/versions',
        { schema: ofCustomer, references: [{ name: 'a', subject: 'orders-value', version: 1 }] },
        42201,
      ),
      put(
        'POST /subjects/:.lkc-1:x/versions',
        { schema: '"string"', references: [{ name: 'a', subject: 'orders-value', version: 1 }] },
        42205,
      ),
      step('DELETE /associations/resources/t-1', 40908),
      step('DELETE /associations/resources/t-1?cascadeLifecycle=true&dryRun=true', 204),
      step('DELETE /associations/resources/t-1?cascadeLifecycle=true', 204),
      step('DELETE /associations/resources/t-1?cascadeLifecycle=true', 40410),
      step('GET /subjects?deleted=true', 200, []),
    ],
  },
  {
    title: 'registers the schemas of key and value together, or neither',
    steps: [
      put('POST /associations', request(strong(first), strong('nonsense', 'key')), 42201),
      step('GET /subjects', 200, []),
      put('POST /associations', request(strong(first), strong('"string"', 'key')), 200, {
        associations: [
          { associationType: 'value', schema: { id: 1 } },
          { associationType: 'key', schema: { id: 2 } },
        ],
      }),
      step('GET /contexts', 200, ['.', '.lkc-1']),
    ],
  },
  {
    title: 'keeps a subject for one topic, or for none',
    steps: [
      ...registered('shared', first),
      put('POST /associations', request(strong(first)), 200),
      put('POST /associations', { ...request(weak(owned)), resourceName: 'other', resourceId: 't-2' }, 40905),
      ...registered(':.lkc-1:third-value', '"int"'),
      put(
        'POST /associations',
        { ...request(weak(':.lkc-1:third-value')), resourceName: 'x', resourceId: 't-4' },
        200,
      ),
      put(
        'POST /associations',
        { ...request(strong('"int"')), resourceName: 'third', resourceId: 't-3' },
        40904,
      ),
    ],
  },
  {
    title: 'takes no subject for a topic alone that schemas refer to, or that has more schemas',
    steps: [
      ...registered(':.lkc-1:orders-value', customer),
      put(
        'POST /subjects/:.lkc-1:user/versions',
        { schema: ofCustomer, references: [{ name: 'shop.Customer', subject: 'orders-value', version: 1 }] },
        200,
      ),
      put('POST /associations', request(strong(customer)), 42206),
      ...registered(':.lkc-1:many-value', first, withNote),
      put(
        'POST /associations',
        { ...request(strong(first)), resourceName: 'many', resourceId: 't-2' },
        42212,
      ),
    ],
  },
  {
    title: 'says which property makes no sense',
    steps: [
      put('POST /associations', {}, 42212),
      step('POST /associations', 422),
      put('POST /associations', { ...request(weak('a')), resourceName: 'a b' }, 42212),
      put('POST /associations', { ...request(weak('a')), resourceName: 'x'.repeat(300) }, 42212),
      put('POST /associations', { ...request(weak('a')), resourceId: '' }, 42212),
      put('POST /associations', { ...request(weak('a')), resourceType: 'table' }, 42212),
      put('POST /associations', request(), 42212),
      put('POST /associations', request({ associationType: 'both' }), 42212),
      put('POST /associations', request({ subject: '' }), 42212),
      put('POST /associations', request({ lifecycle: 'SOMETIMES' }), 42212),
      put('POST /associations', request({ lifecycle: 'WEAK' }), 42212),
      put('POST /associations', request(weak(owned)), 42212),
      put('POST /associations', request({ ...strong(first), lifecycle: 'WEAK' }), 42212),
      put('POST /associations', request({ ...strong(first), frozen: false }), 42212),
      put('POST /associations', request({ ...strong(first), subject: 'elsewhere' }), 42212),
      put('POST /associations', request({ ...weak('a'), frozen: true }), 42212),
      put('POST /associations', request(weak('a'), weak('b')), 42212),
      put('POST /associations', request({ lifecycle: 'STRONG' }), 42212),
      put('POST /associations', request(strong(first), weak('a', 'key')), 42212),
      put('PUT /associations/resources/t-2', request(weak('a')), 42212),
      put('PUT /associations/resources/t-1', request(strong(first)), 42212),
      put('PUT /associations/resources/t-1', request({ lifecycle: 'STRONG' }), 42212),
      step('GET /associations/subjects/a?lifecycle=NONE', 404),
    ],
  },
  {
    title: 'changes associations by the id of the topic',
    steps: [
      ...registered('shared', first),
      ...registered('second', first),
      put('PUT /associations/resources/t-1', request(weak('nobody')), 40907),
      put('PUT /associations/resources/t-1?dryRun=true', request(weak('shared')), 200),
      put('PUT /associations/resources/t-1', request(weak('shared')), 200, {
        associations: [{ subject: 'shared', lifecycle: 'WEAK' }],
      }),
      put('PUT /associations/resources/t-1', request({ subject: 'shared' }), 200),
      put('PUT /associations/resources/t-1', request(weak('second')), 42212),
      put('POST /associations', request(weak('second')), 40903),
      put('PUT /associations/resources/t-1', request({ subject: 'shared', lifecycle: 'STRONG' }), 42212),
      put('PUT /associations/resources/t-1', request(weak('second', 'key')), 200),
      step('DELETE /associations/resources/t-1?associationType=key', 204),
      step('GET /associations/resources/t-1', 200, [{ associationType: 'value' }]),
      step('DELETE /associations/resources/t-1', 204),
      step('GET /subjects', 200, ['second', 'shared']),
      step('DELETE /associations/resources/nobody', 40410),
    ],
  },
  {
    title: 'takes over what was tied elsewhere, in IMPORT mode',
    steps: [
      put(`PUT /mode/:.lkc-1:`, { mode: 'IMPORT' }, 200),
      put(`POST /subjects/${owned}/versions`, { schema: customer, id: 5, version: 3 }, 200),
      put('PUT /associations/resources/t-1', request({ ...strong(customer), lifecycle: 'STRONG' }), 42212),
      put('POST /associations', request(strong(customer)), 42212),
      put('PUT /associations/resources/t-1', request({ lifecycle: 'STRONG' }), 200, {
        associations: [{ subject: owned, lifecycle: 'STRONG', frozen: true }],
      }),
      step('DELETE /associations/resources/t-1?cascadeLifecycle=true', 204),
      step(`GET /subjects/${owned}/versions`, 200, [3]),
      put(
        'PUT /associations/resources/t-2',
        { ...request(weak(owned)), resourceName: 'second', resourceId: 't-2' },
        200,
      ),
      put('PUT /associations/resources/t-1', request({ lifecycle: 'STRONG' }), 40904),
      step('DELETE /associations/resources/t-2', 204),
      put(
        'POST /subjects/:.lkc-1:user/versions',
        {
          schema: ofCustomer,
          references: [{ name: 'shop.Customer', subject: 'orders-value', version: 3 }],
          id: 6,
          version: 1,
        },
        200,
      ),
      put('PUT /associations/resources/t-1', request({ lifecycle: 'STRONG' }), 42206),
    ],
  },
  {
    title: 'gives a topic up only with what refers to its subjects',
    steps: [
      put('POST /associations', request(strong(customer)), 200),
      put('PUT /mode/:.lkc-1:orders-value', { mode: 'READONLY' }, 200),
      step('DELETE /associations/resources/t-1?cascadeLifecycle=true', 42205),
    ],
  },
  {
    title: 'refuses to change what a topic owns',
    steps: [
      put('POST /associations', request(strong(first)), 200),
      put('PUT /associations/resources/t-1', request(strong(first)), 200),
      put('PUT /associations/resources/t-1', request({ lifecycle: 'STRONG' }), 200),
      put('PUT /associations/resources/t-1', request({ frozen: false }), 42212),
      put(
        'PUT /associations/resources/t-2',
        { ...request(weak(owned)), resourceName: 'other', resourceId: 't-2' },
        40905,
      ),
    ],
  },
  {
    title: 'associates subjects of the context of the address',
    steps: [
      ...registered(':.prod:shared', first),
      put('POST /contexts/.prod/associations', request(weak('shared')), 200, {
        associations: [{ subject: ':.prod:shared' }],
      }),
      step('GET /associations/subjects/:.prod:shared', 200, [{ resourceId: 't-1' }]),
    ],
  },
  {
    title: 'respects modes, compatibility and the size of a record',
    steps: [
      ...registered('shared', first),
      put('PUT /mode/shared', { mode: 'READONLY' }, 200),
      put('POST /associations', request(weak('shared')), 42205),
      put('PUT /associations/resources/t-1', request(weak('shared')), 42205),
      ...registered(owned, first),
      put('POST /associations', request(strong(other)), 42212),
      put(
        'POST /associations:batchMutate',
        { requests: [{ ...topic, associations: [{ opType: 'UPSERT', ...weak('shared') }] }] },
        207,
        {
          results: [{ error: { error_code: 42205 } }],
        },
      ),
    ],
  },
  {
    title: 'answers and changes associations of many topics at once',
    steps: [
      ...registered('shared', first),
      put('POST /associations:batchGet', { requests: [] }, 42212),
      put('POST /associations:batchMutate', {}, 42212),
      put(
        'POST /associations:batchMutate',
        {
          requests: [
            { ...topic, associations: [{ opType: 'CREATE', ...weak('shared') }] },
            {
              ...topic,
              resourceName: 'second',
              resourceId: 't-2',
              associations: [{ opType: 'CREATE', ...strong(first) }],
            },
            {
              ...topic,
              resourceName: 'third',
              resourceId: 't-3',
              associations: [{ opType: 'UPSERT', ...weak('nobody') }],
            },
            { ...topic, associations: [{ opType: 'RENAME' }] },
            { resourceName: 'nameless' },
          ],
        },
        207,
        {
          results: [
            { result: { ...topic, associations: [{ subject: 'shared' }] } },
            {
              result: {
                resourceName: 'second',
                associations: [{ lifecycle: 'STRONG', schema: { schema: first } }],
              },
            },
            { error: { error_code: 40907 } },
            { error: { error_code: 42212 } },
            { error: { error_code: 42212 } },
          ],
        },
      ),
      put(
        'POST /associations:batchGet?includeSchemas=true',
        {
          requests: [
            { resourceId: 't-1' },
            {
              resourceName: 'second',
              resourceNamespace: 'lkc-1',
              associationTypes: ['value'],
              lifecycle: 'STRONG',
            },
            { resourceName: 'second' },
            {},
          ],
        },
        207,
        {
          results: [
            { result: { ...topic, associations: [{ subject: 'shared', schema: { schema: first } }] } },
            { result: { resourceId: 't-2', associations: [{ associationType: 'value' }] } },
            { error: { error_code: 42212 } },
            { error: { error_code: 42212 } },
          ],
        },
      ),
      put(
        'POST /associations:batchMutate',
        {
          requests: [
            { ...topic, associations: [{ opType: 'DELETE', associationType: 'value' }] },
            {
              ...topic,
              resourceName: 'second',
              resourceId: 't-2',
              associations: [{ opType: 'DELETE', associationType: 'value', cascadeLifecycle: true }],
            },
          ],
        },
        207,
        { results: [{ result: topic }, { result: { resourceId: 't-2' } }] },
      ),
      step('GET /subjects?deleted=true', 200, ['shared']),
    ],
  },
  {
    title: 'answers 404 where associations are switched off',
    properties: { 'associations.enable': false },
    steps: [step('GET /associations/resources/-/orders?resourceType=topic', 404)],
  },
];
