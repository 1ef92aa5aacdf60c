import { orders, put, registered, step, type Scene } from './scene.ts';

const { first, withNote, withRequired, other } = orders;
const latest = 'POST /compatibility/subjects/orders/versions/latest';
const all = 'POST /compatibility/subjects/orders/versions';
const yes = { is_compatible: true };
const no = { is_compatible: false };

/** What each level says about a field with default, a field without, and another type. */
const levels = [
  ['NONE', yes, yes, yes],
  ['BACKWARD', yes, no, no],
  ['BACKWARD_TRANSITIVE', yes, no, no],
  ['FORWARD', yes, yes, no],
  ['FORWARD_TRANSITIVE', yes, yes, no],
  ['FULL', yes, no, no],
  ['FULL_TRANSITIVE', yes, no, no],
] as const;

export const compatibilityScenes: readonly Scene[] = [
  {
    title: 'tests a schema against one version',
    steps: [
      put(latest, { schema: first }, 200, yes),
      put('POST /compatibility/subjects/orders/versions/1', { schema: first }, 40402),
      put('POST /compatibility/subjects/orders/versions/x', { schema: first }, 42202),
      ...registered('orders', first, withNote),
      put('POST /compatibility/subjects/orders/versions/1', { schema: withRequired }, 200, no),
      put('POST /compatibility/subjects/orders/versions/1', { schema: withNote }, 200, yes),
      put(latest, { schema: 'nonsense' }, 42201),
      put(latest, { schema: '' }, 42201),
      put(`${latest}?verbose=true`, { schema: 'nonsense' }, 200, no),
      { ...put(`${latest}?verbose=true`, { schema: other }, 200, no), contains: 'TYPE_MISMATCH' },
      { ...put(`${latest}?verbose=true`, { schema: withNote }, 200, yes) },
      put('POST /compatibility/subjects/orders/versions/9', { schema: first }, 40402),
      step('DELETE /subjects/orders/versions/1', 200, 1),
      put('POST /compatibility/subjects/orders/versions/1', { schema: first }, 40402),
    ],
  },
  ...levels.map(([level, withDefault, withoutDefault, otherType]) => ({
    title: `tests a schema as ${level} asks for`,
    steps: [
      ...registered('orders', first),
      put('PUT /config/orders', { compatibility: level }, 200),
      put(all, { schema: withNote }, 200, withDefault),
      put(all, { schema: withRequired }, 200, withoutDefault),
      put(all, { schema: other }, 200, otherType),
      put(all, { schema: 'nonsense' }, 42201),
      put(`${all}?verbose=true`, { schema: 'nonsense' }, 200, no),
    ],
  })),
  {
    title: 'looks at all versions when the level is transitive, and at the latest otherwise',
    steps: [
      put('PUT /config/orders', { compatibility: 'NONE' }, 200),
      ...registered('orders', first, other),
      put('PUT /config/orders', { compatibility: 'BACKWARD' }, 200),
      put(all, { schema: other }, 200, yes),
      put('PUT /config/orders', { compatibility: 'BACKWARD_TRANSITIVE' }, 200),
      put(all, { schema: other }, 200, no),
      step('DELETE /subjects/orders/versions/1', 200, 1),
      put(all, { schema: other }, 200, yes),
    ],
  },
  {
    title: 'compares only within a compatibility group',
    steps: [
      put('PUT /config/orders', { compatibilityGroup: 'major' }, 200),
      put('POST /subjects/orders/versions', { schema: first, metadata: { properties: { major: '1' } } }, 200),
      put(
        'POST /subjects/orders/versions',
        { schema: other, metadata: { properties: { major: '1' } } },
        40901,
      ),
      put('POST /subjects/orders/versions', { schema: other, metadata: { properties: { major: '2' } } }, 200),
      put(
        'POST /subjects/orders/versions',
        { schema: withNote, metadata: { properties: { major: '1' } } },
        200,
      ),
    ],
  },
  {
    title: 'keeps reserved fields free when told to',
    steps: [
      put('PUT /config', { validateFields: true }, 200),
      put(
        'POST /subjects/orders/versions',
        { schema: first, metadata: { properties: { 'confluent:reserved': 'note, old' } } },
        200,
      ),
      {
        ...put('POST /subjects/orders/versions', { schema: withNote }, 40901),
        contains: 'FIELD_CONFLICTS_WITH_RESERVED_FIELD',
      },
      {
        ...put(
          'POST /subjects/orders/versions',
          { schema: first, metadata: { properties: { 'confluent:reserved': 'note' } } },
          40901,
        ),
        contains: 'RESERVED_FIELD_REMOVED',
      },
    ],
  },
];
