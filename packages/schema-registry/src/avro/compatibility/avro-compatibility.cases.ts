/** One question: can data written with `writer` be read with `reader`? `problems` is why not: error type and place. */
export interface AvroCompatibilityCase {
  readonly name: string;
  readonly reader: unknown;
  readonly writer: unknown;
  /** Each as `ERROR_TYPE /place`; none when all data can be read. */
  readonly problems: readonly string[];
}

/** A record named R. */
const record = (...fields: readonly object[]) => ({ type: 'record', name: 'R', fields });
const field = (name: string, type: unknown, more: object = {}) => ({ name, type, ...more });
const symbols = (...list: readonly string[]) => ({ type: 'enum', name: 'E', symbols: list });
const fixed = (size: number, name = 'F') => ({ type: 'fixed', name, size });
const array = (items: unknown) => ({ type: 'array', items });
const map = (values: unknown) => ({ type: 'map', values });

const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
/** Reader, then the writers that it is promoted from. */
const promotions: Readonly<Record<string, readonly string[]>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  bytes: ['string'],
  string: ['bytes'],
};

/** Section "Schema Resolution" of the specification: every pair of primitives. */
const primitiveCases: readonly AvroCompatibilityCase[] = primitives.flatMap((reader) =>
  primitives.map((writer) => {
    const isReadable = reader === writer || promotions[reader]?.includes(writer) === true;
    return {
      name: `${reader} ${isReadable ? 'reads' : 'does not read'} ${writer}`,
      reader,
      writer,
      problems: isReadable ? [] : ['TYPE_MISMATCH /'],
    };
  }),
);

const containerCases: readonly AvroCompatibilityCase[] = [
  { name: 'items of an array are promoted', reader: array('long'), writer: array('int'), problems: [] },
  {
    name: 'items of an array have to match',
    reader: array('int'),
    writer: array('string'),
    problems: ['TYPE_MISMATCH /items'],
  },
  { name: 'values of a map are promoted', reader: map('double'), writer: map('float'), problems: [] },
  {
    name: 'values of a map have to match',
    reader: map('boolean'),
    writer: map('int'),
    problems: ['TYPE_MISMATCH /values'],
  },
  { name: 'a map is no array', reader: map('int'), writer: array('int'), problems: ['TYPE_MISMATCH /'] },
  { name: 'an array is no map', reader: array('int'), writer: map('int'), problems: ['TYPE_MISMATCH /'] },
  { name: 'a record is no map', reader: record(), writer: map('int'), problems: ['TYPE_MISMATCH /'] },
  { name: 'fixed bytes are not bytes', reader: 'bytes', writer: fixed(2), problems: ['TYPE_MISMATCH /'] },
  { name: 'an enum is no string', reader: 'string', writer: symbols('A'), problems: ['TYPE_MISMATCH /'] },
  {
    name: 'the place of a problem names every level',
    reader: array(map(array('int'))),
    writer: array(map(array('string'))),
    problems: ['TYPE_MISMATCH /items/values/items'],
  },
];

const fieldCases: readonly AvroCompatibilityCase[] = [
  {
    name: 'a field of the writer alone is skipped',
    reader: record(field('a', 'int')),
    writer: record(field('a', 'int'), field('b', 'string')),
    problems: [],
  },
  {
    name: 'a field of the reader alone needs a default',
    reader: record(field('a', 'int'), field('b', 'string')),
    writer: record(field('a', 'int')),
    problems: ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/1'],
  },
  {
    name: 'a field of the reader alone with a default is filled in',
    reader: record(field('a', 'int'), field('b', 'string', { default: '' })),
    writer: record(field('a', 'int')),
    problems: [],
  },
  {
    name: 'null is a default like any other',
    reader: record(field('a', ['null', 'int'], { default: null })),
    writer: record(),
    problems: [],
  },
  {
    name: 'being optional is no default',
    reader: record(field('a', ['null', 'int'])),
    writer: record(),
    problems: ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/0'],
  },
  {
    name: 'the default of a union may be of any branch',
    reader: record(field('a', ['null', 'int'], { default: 7 })),
    writer: record(),
    problems: [],
  },
  {
    name: 'an enum with a default symbol needs no default of its field',
    reader: record(field('a', { ...symbols('A', 'B'), default: 'A' })),
    writer: record(),
    problems: [],
  },
  {
    name: 'the order of fields is free',
    reader: record(field('a', 'int'), field('b', 'string')),
    writer: record(field('b', 'string'), field('a', 'int')),
    problems: [],
  },
  {
    name: 'a renamed field is another field',
    reader: record(field('b', 'int')),
    writer: record(field('a', 'int')),
    problems: ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/0'],
  },
  {
    name: 'a renamed field with its old name as an alias is the same field',
    reader: record(field('b', 'int', { aliases: ['a'] })),
    writer: record(field('a', 'int')),
    problems: [],
  },
  {
    name: 'an alias of the writer means nothing to the reader',
    reader: record(field('a', 'int')),
    writer: record(field('b', 'int', { aliases: ['a'] })),
    problems: ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/0'],
  },
  {
    name: 'a field that matches two fields by its aliases is ambiguous',
    reader: record(field('c', 'int', { aliases: ['a', 'b'] })),
    writer: record(field('a', 'int'), field('b', 'int')),
    problems: ['NAME_MISMATCH /fields/0'],
  },
  {
    name: 'the type of a field is promoted',
    reader: record(field('a', 'double')),
    writer: record(field('a', 'int')),
    problems: [],
  },
  {
    name: 'the type of a field has to match',
    reader: record(field('a', 'int')),
    writer: record(field('a', 'long')),
    problems: ['TYPE_MISMATCH /fields/0/type'],
  },
  {
    name: 'an aliased field has to match in its type too',
    reader: record(field('b', 'int', { aliases: ['a'] })),
    writer: record(field('a', 'string')),
    problems: ['TYPE_MISMATCH /fields/0/type'],
  },
  {
    name: 'a default does not help a field that the writer has with another type',
    reader: record(field('a', 'int', { default: 1 })),
    writer: record(field('a', 'string')),
    problems: ['TYPE_MISMATCH /fields/0/type'],
  },
  {
    name: 'every field is looked at',
    reader: record(field('a', 'int'), field('b', 'int'), field('c', 'int')),
    writer: record(field('a', 'string'), field('c', 'string')),
    problems: [
      'TYPE_MISMATCH /fields/0/type',
      'READER_FIELD_MISSING_DEFAULT_VALUE /fields/1',
      'TYPE_MISMATCH /fields/2/type',
    ],
  },
  {
    name: 'docs, order, unknown properties and logical types change nothing',
    reader: record(
      field('a', { type: 'long', logicalType: 'timestamp-millis' }, { doc: 'when', order: 'ignore' }),
    ),
    writer: record(field('a', { type: 'long', logicalType: 'timestamp-micros', owner: 'shop' })),
    problems: [],
  },
  {
    name: 'a problem in a nested record has its whole path',
    reader: record(field('a', { type: 'record', name: 'N', fields: [field('x', 'int'), field('y', 'int')] })),
    writer: record(field('a', { type: 'record', name: 'N', fields: [field('x', 'int')] })),
    problems: ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/0/type/fields/1'],
  },
];

const nameCases: readonly AvroCompatibilityCase[] = [
  {
    name: 'a renamed record is another record',
    reader: { type: 'record', name: 'B', fields: [] },
    writer: { type: 'record', name: 'A', fields: [] },
    problems: ['NAME_MISMATCH /name'],
  },
  {
    name: 'a record that moved to another namespace is the same record',
    reader: { type: 'record', name: 'A', namespace: 'new', fields: [] },
    writer: { type: 'record', name: 'A', namespace: 'old', fields: [] },
    problems: [],
  },
  {
    name: 'an alias is compared with the full name of the writer',
    reader: { type: 'record', name: 'B', namespace: 'shop', aliases: ['A'], fields: [] },
    writer: { type: 'record', name: 'A', namespace: 'shop', fields: [] },
    problems: [],
  },
  {
    name: 'an alias in another namespace is no match',
    reader: { type: 'record', name: 'B', namespace: 'shop', aliases: ['A'], fields: [] },
    writer: { type: 'record', name: 'A', namespace: 'store', fields: [] },
    problems: ['NAME_MISMATCH /name'],
  },
  {
    name: 'an alias may name another namespace',
    reader: { type: 'record', name: 'B', namespace: 'shop', aliases: ['store.A'], fields: [] },
    writer: { type: 'record', name: 'A', namespace: 'store', fields: [] },
    problems: [],
  },
  {
    name: 'the name and a field may both be wrong',
    reader: { type: 'record', name: 'B', fields: [field('a', 'int')] },
    writer: { type: 'record', name: 'A', fields: [] },
    problems: ['NAME_MISMATCH /name', 'READER_FIELD_MISSING_DEFAULT_VALUE /fields/0'],
  },
  {
    name: 'a renamed fixed is another fixed',
    reader: fixed(4, 'G'),
    writer: fixed(4, 'F'),
    problems: ['NAME_MISMATCH /name'],
  },
  {
    name: 'a renamed fixed with an alias is the same fixed',
    reader: { ...fixed(4, 'G'), aliases: ['F'] },
    writer: fixed(4, 'F'),
    problems: [],
  },
  {
    name: 'a fixed keeps its size',
    reader: fixed(4),
    writer: fixed(8),
    problems: ['FIXED_SIZE_MISMATCH /size'],
  },
  {
    name: 'a renamed enum is another enum',
    reader: { type: 'enum', name: 'X', symbols: ['A'] },
    writer: symbols('A'),
    problems: ['NAME_MISMATCH /name'],
  },
];

const enumCases: readonly AvroCompatibilityCase[] = [
  { name: 'an enum may grow', reader: symbols('A', 'B', 'C'), writer: symbols('A', 'B'), problems: [] },
  { name: 'symbols may change places', reader: symbols('B', 'A'), writer: symbols('A', 'B'), problems: [] },
  {
    name: 'an enum may not shrink',
    reader: symbols('A'),
    writer: symbols('A', 'C', 'B'),
    problems: ['MISSING_ENUM_SYMBOLS /symbols'],
  },
  {
    name: 'an enum with a default may shrink',
    reader: { ...symbols('A', 'UNKNOWN'), default: 'UNKNOWN' },
    writer: symbols('A', 'B'),
    problems: [],
  },
  {
    name: 'the default symbol of the writer means nothing',
    reader: symbols('A'),
    writer: { ...symbols('A', 'B'), default: 'A' },
    problems: ['MISSING_ENUM_SYMBOLS /symbols'],
  },
  {
    name: 'the default of the field does not stand in for a symbol',
    reader: record(field('a', symbols('A'), { default: 'A' })),
    writer: record(field('a', symbols('A', 'B'))),
    problems: ['MISSING_ENUM_SYMBOLS /fields/0/type/symbols'],
  },
];

const unionCases: readonly AvroCompatibilityCase[] = [
  { name: 'a union reads one of its branches', reader: ['null', 'string'], writer: 'string', problems: [] },
  {
    name: 'a union reads what a branch is promoted from',
    reader: ['null', 'long'],
    writer: 'int',
    problems: [],
  },
  {
    name: 'a union does not read what no branch reads',
    reader: ['null', 'int'],
    writer: 'string',
    problems: ['MISSING_UNION_BRANCH /'],
  },
  { name: 'a union of one reads a union of one', reader: ['long'], writer: ['int'], problems: [] },
  { name: 'a single type reads a union of itself', reader: 'string', writer: ['string'], problems: [] },
  {
    name: 'a single type has to read every branch',
    reader: 'string',
    writer: ['null', 'string'],
    problems: ['TYPE_MISMATCH /'],
  },
  {
    name: 'a single type may be promoted from every branch',
    reader: 'double',
    writer: ['int', 'float'],
    problems: [],
  },
  { name: 'a union may grow', reader: ['null', 'int', 'string'], writer: ['null', 'int'], problems: [] },
  { name: 'branches may change places', reader: ['int', 'null'], writer: ['null', 'int'], problems: [] },
  {
    name: 'a union may not shrink',
    reader: ['null', 'int'],
    writer: ['null', 'int', 'string'],
    problems: ['MISSING_UNION_BRANCH /2'],
  },
  {
    name: 'every missing branch is named',
    reader: ['null'],
    writer: ['null', 'int', 'string'],
    problems: ['MISSING_UNION_BRANCH /1', 'MISSING_UNION_BRANCH /2'],
  },
  {
    name: 'making a field optional is compatible',
    reader: record(field('a', ['null', 'int'])),
    writer: record(field('a', 'int')),
    problems: [],
  },
  {
    name: 'making a field required is not',
    reader: record(field('a', 'int')),
    writer: record(field('a', ['null', 'int'])),
    problems: ['TYPE_MISMATCH /fields/0/type'],
  },
  {
    name: 'a branch that is a record has to be readable, not only of the same name',
    reader: ['null', record(field('a', 'int'), field('b', 'int'))],
    writer: ['null', record(field('a', 'int'))],
    problems: ['MISSING_UNION_BRANCH /1'],
  },
  {
    name: 'a record may be read by another branch of the same simple name',
    reader: [
      { type: 'record', name: 'R', namespace: 'a', fields: [field('x', 'int')] },
      { type: 'record', name: 'R', namespace: 'b', fields: [field('y', 'int')] },
    ],
    writer: { type: 'record', name: 'R', namespace: 'c', fields: [field('y', 'int')] },
    problems: [],
  },
  { name: 'an empty union has nothing to read', reader: 'int', writer: [], problems: [] },
];

/** A list: a value and the rest of the list. */
const list = (value: unknown, ...more: readonly object[]) => ({
  type: 'record',
  name: 'List',
  fields: [field('value', value), ...more, field('rest', ['null', 'List'])],
});

/** a.T holds an a.N, which may hold an a.T. */
const circle = (...more: readonly object[]) => ({
  type: 'record',
  name: 'T',
  namespace: 'a',
  fields: [field('n', { type: 'record', name: 'N', fields: [field('t', ['null', 'a.T'])] }), ...more],
});

const recursionCases: readonly AvroCompatibilityCase[] = [
  { name: 'a schema that holds itself reads itself', reader: list('int'), writer: list('int'), problems: [] },
  { name: 'a promotion inside a circle is one', reader: list('long'), writer: list('int'), problems: [] },
  {
    name: 'a problem inside a circle is found',
    reader: list('int', field('extra', 'int')),
    writer: list('int'),
    problems: ['READER_FIELD_MISSING_DEFAULT_VALUE /fields/1'],
  },
  {
    name: 'a circle of two records reads itself',
    reader: {
      type: 'record',
      name: 'A',
      fields: [
        field('b', ['null', { type: 'record', name: 'B', fields: [field('a', 'A'), field('x', 'long')] }]),
      ],
    },
    writer: {
      type: 'record',
      name: 'A',
      fields: [
        field('b', ['null', { type: 'record', name: 'B', fields: [field('a', 'A'), field('x', 'int')] }]),
      ],
    },
    problems: [],
  },
  {
    // Field "u" is read by the empty b.T, after a.T was tried, and N inside it taken for readable.
    name: 'what was taken for granted inside a circle that fails is looked at again',
    reader: record(
      field('u', [
        'null',
        circle(field('gone', 'int')),
        { type: 'record', name: 'T', namespace: 'b', fields: [] },
      ]),
      field('n', 'a.N'),
    ),
    writer: record(field('u', ['null', circle()]), field('n', 'a.N')),
    problems: ['MISSING_UNION_BRANCH /fields/0/type/fields/0/type/fields/0/type/1'],
  },
];

/** Every rule of the facts about readers and writers, as questions with answers. */
export const avroCompatibilityCases: readonly AvroCompatibilityCase[] = [
  ...primitiveCases,
  ...containerCases,
  ...fieldCases,
  ...nameCases,
  ...enumCases,
  ...unionCases,
  ...recursionCases,
];
