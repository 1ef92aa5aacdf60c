import { orders, put, registered, step, type Scene } from './scene.ts';

const { first, other } = orders;
const rule = { name: '9lives', mode: 'WRITE', type: 'CEL' };

export const settingScenes: readonly Scene[] = [
  {
    title: 'has settings for everything',
    steps: [
      step('GET /config', 200, { compatibilityLevel: 'BACKWARD' }),
      put('PUT /config', { compatibility: 'full', normalize: true, unknown: 1 }, 200, {
        compatibility: 'FULL',
        normalize: true,
      }),
      step('GET /config', 200, { compatibilityLevel: 'FULL', normalize: true }),
      put('PUT /config', { compatibility: 'SOMETIMES' }, 42203),
      put('PUT /config', { compatibilityPolicy: 'SOMETIMES' }, 42203),
      {
        send: 'PUT /config',
        body: { compatibilityPolicy: 'LOGICAL' },
        expect: 42203,
        contains: 'no rules for LOGICAL',
      },
      put('PUT /config', { defaultRuleSet: { domainRules: [rule] } }, 42210),
      step('PUT /config', 422),
      step('DELETE /config', 200, { compatibilityLevel: 'FULL' }),
      step('GET /config', 200, { compatibilityLevel: 'BACKWARD' }),
    ],
  },
  {
    title: 'has settings for a subject, over those for everything',
    steps: [
      step('GET /config/orders', 40408),
      step('GET /config/orders?defaultToGlobal=true', 200, { compatibilityLevel: 'BACKWARD' }),
      put('PUT /config', { compatibility: 'FULL', normalize: true }, 200),
      step('GET /config/orders?defaultToGlobal=true', 200, { compatibilityLevel: 'FULL' }),
      put('PUT /config/orders', { compatibility: 'NONE' }, 200, { compatibility: 'NONE' }),
      step('GET /config/orders', 200, { compatibilityLevel: 'NONE' }),
      step('GET /config/orders?defaultToGlobal=true', 200, { compatibilityLevel: 'NONE', normalize: true }),
      put('PUT /config/orders', { compatibility: 'SOMETIMES' }, 42203),
      put('PUT /config/__EMPTY', { compatibility: 'NONE' }, 42208),
      put('PUT /config/orders', { overrideRuleSet: { domainRules: [rule] } }, 42210),
      step('DELETE /config/orders', 200, { compatibilityLevel: 'NONE' }),
      step('DELETE /config/orders', 40401),
    ],
  },
  {
    title: 'clears a member that is null, and leaves one that is missing',
    steps: [
      put('PUT /config/orders', { compatibility: 'NONE', compatibilityGroup: 'major' }, 200),
      put('PUT /config/orders', { normalize: true }, 200, {
        compatibility: 'NONE',
        compatibilityGroup: 'major',
      }),
      put('PUT /config/orders', { compatibilityGroup: null }, 200, {
        compatibility: 'NONE',
        normalize: true,
      }),
      { send: 'GET /config/orders', expect: 200, contains: '{"normalize":true,"compatibilityLevel":"NONE"}' },
    ],
  },
  {
    title: 'has settings for a context, and for all contexts',
    steps: [
      put('PUT /config/:.prod:', { compatibility: 'NONE' }, 200),
      step('GET /config/:.prod:orders?defaultToGlobal=true', 200, { compatibilityLevel: 'NONE' }),
      put('PUT /config/:.__GLOBAL:', { compatibility: 'FORWARD' }, 200),
      step('GET /config/:.test:orders?defaultToGlobal=true', 200, { compatibilityLevel: 'FORWARD' }),
      step('GET /config/orders?defaultToGlobal=true', 200, { compatibilityLevel: 'FORWARD' }),
      step('GET /config/:.:', 200, { compatibilityLevel: 'BACKWARD' }),
      ...registered(':.prod:orders', first, other),
    ],
  },
  {
    title: 'adds default metadata and rules to what is registered, and overrides both',
    steps: [
      put(
        'PUT /config/orders',
        {
          defaultMetadata: { properties: { owner: 'nobody', stage: 'test' } },
          overrideMetadata: { properties: { stage: 'prod' } },
        },
        200,
      ),
      put(
        'POST /subjects/orders/versions',
        { schema: first, metadata: { properties: { owner: 'shop' } } },
        200,
        {
          metadata: { properties: { owner: 'shop', stage: 'prod' } },
        },
      ),
      put('POST /subjects/orders', { schema: first, metadata: { properties: { owner: 'shop' } } }, 200, {
        version: 1,
      }),
      put(
        'POST /subjects/orders/versions',
        { schema: first, metadata: { properties: { owner: 'shop' } } },
        200,
        { version: 1 },
      ),
    ],
  },
  {
    title: 'lets one subject stand for another',
    steps: [
      ...registered('orders', first),
      put('PUT /config/short', { alias: 'orders' }, 200),
      step('GET /subjects/short/versions', 200, [1]),
      step('GET /subjects/short/versions/latest', 200, { subject: 'orders' }),
      put('POST /subjects/short', { schema: first }, 200, { subject: 'orders' }),
      step('GET /schemas/ids/1?subject=short', 200, { subject: 'orders' }),
      put('POST /compatibility/subjects/short/versions', { schema: other }, 200, { is_compatible: false }),
      step('GET /config/short', 200, { alias: 'orders' }),
      step('GET /mode/short', 40409),
    ],
  },
  {
    title: 'has a mode for everything, for contexts and for subjects',
    steps: [
      step('GET /mode', 200, { mode: 'READWRITE' }),
      step('GET /mode/orders', 40409),
      step('GET /mode/orders?defaultToGlobal=true', 200, { mode: 'READWRITE' }),
      put('PUT /mode', { mode: 'readonly' }, 200, { mode: 'READONLY' }),
      step('GET /mode/orders?defaultToGlobal=true', 200, { mode: 'READONLY' }),
      put('POST /subjects/orders/versions', { schema: first }, 42205),
      put('PUT /config', { compatibility: 'NONE' }, 42205),
      put('PUT /config/orders', { compatibility: 'NONE' }, 42205),
      step('DELETE /config', 42205),
      put('PUT /mode/orders', { mode: 'READWRITE' }, 200),
      ...registered('orders', first),
      put('PUT /config/orders', { compatibility: 'NONE' }, 200),
      put('PUT /mode/orders', { mode: 'READONLY' }, 200),
      step('DELETE /config/orders', 42205),
      put('PUT /mode', { mode: 'SOMETIMES' }, 42204),
      put('PUT /mode/orders', { mode: 'SOMETIMES' }, 42204),
      put('PUT /mode', { mode: 'FORWARD' }, 42204),
      put('PUT /mode/orders', { mode: 'FORWARD' }, 42204),
      put('PUT /mode/__GLOBAL', { mode: 'READONLY' }, 42208),
      step('DELETE /mode/orders', 200, { mode: 'READONLY' }),
      step('DELETE /mode/orders', 40401),
      step('DELETE /mode', 200, { mode: 'READONLY' }),
      step('GET /mode', 200, { mode: 'READWRITE' }),
    ],
  },
  {
    title: 'unsets the modes of a whole context when asked',
    steps: [
      put('PUT /mode/:.prod:', { mode: 'READONLY' }, 200),
      put('PUT /mode/:.prod:a', { mode: 'READONLY' }, 200),
      put('PUT /mode/b', { mode: 'READONLY' }, 200),
      step('DELETE /mode/:.prod:?recursive=true', 200, { mode: 'READONLY' }),
      step('GET /mode/:.prod:a', 40409),
      step('GET /mode/b', 200, { mode: 'READONLY' }),
      step('DELETE /mode/:.prod:?recursive=true', 200, {}),
      step('DELETE /mode?recursive=true', 200, { mode: 'READWRITE' }),
      step('GET /mode/b', 40409),
    ],
  },
  {
    title: 'imports schemas with their ids and versions into an empty subject',
    steps: [
      ...registered('orders', first),
      put('PUT /mode/orders', { mode: 'IMPORT' }, 42205),
      put('PUT /mode', { mode: 'IMPORT' }, 42205),
      step('DELETE /subjects/orders', 200, [1]),
      put('PUT /mode/orders', { mode: 'IMPORT' }, 200, { mode: 'IMPORT' }),
      step('GET /subjects?deleted=true', 200, []),
      put('POST /subjects/orders/versions', { schema: first }, 42205),
      put('POST /subjects/orders/versions', { schema: first, id: 40, version: 7 }, 200, {
        id: 40,
        version: 7,
      }),
      put('POST /subjects/orders/versions', { schema: other, id: 41, version: 9 }, 200, {
        id: 41,
        version: 9,
      }),
      put('POST /subjects/orders/versions', { schema: '"int"', id: 40, version: 10 }, 42205),
      put('PUT /mode/orders', { mode: 'READWRITE' }, 200),
      put('POST /subjects/new/versions', { schema: '"int"' }, 200, { id: 42 }),
    ],
  },
  {
    title: 'enters IMPORT over what is there only by force',
    steps: [
      ...registered('orders', first),
      put('PUT /mode?force=true', { mode: 'IMPORT' }, 200),
      put('PUT /mode', { mode: 'READWRITE' }, 200),
      step('GET /subjects', 200, ['orders']),
    ],
  },
  {
    title: 'does not forget what others refer to when it enters IMPORT',
    steps: [
      ...registered('customer', orders.customer),
      put(
        'POST /subjects/:.prod:orders/versions',
        {
          schema: orders.ofCustomer,
          references: [{ name: 'shop.Customer', subject: ':.:customer', version: 1 }],
        },
        42201,
      ),
      put(
        'POST /subjects/orders/versions',
        {
          schema: orders.ofCustomer,
          references: [{ name: 'shop.Customer', subject: 'customer', version: 1 }],
        },
        200,
      ),
      step('DELETE /subjects/orders', 200, [1]),
      step('DELETE /subjects/customer', 200, [1]),
      put('PUT /mode/customer', { mode: 'IMPORT' }, 42206),
      put('PUT /mode', { mode: 'IMPORT' }, 42206),
    ],
  },
  {
    title: 'changes no mode when modes are fixed',
    properties: { 'mode.mutability': false },
    steps: [
      put('PUT /mode', { mode: 'READONLY' }, 42205),
      put('PUT /mode/orders', { mode: 'READONLY' }, 42205),
      step('DELETE /mode', 42205),
      step('DELETE /mode/orders', 40401),
      step('DELETE /mode/orders?recursive=true', 42205),
    ],
  },
  {
    title: 'starts with the level that it is given',
    properties: { 'schema.compatibility.level': 'full_transitive' },
    steps: [step('GET /config', 200, { compatibilityLevel: 'FULL_TRANSITIVE' })],
  },
];
