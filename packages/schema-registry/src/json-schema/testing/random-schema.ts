import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';

/** A source of random numbers that begins anew from its seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  isLucky(oneIn: number): boolean {
    return this.below(oneIn) === 0;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

const NAMES = ['a', 'b', 'c'];
const TEXTS = ['', 'x', 'xy', 'xyz', 'xyzu'];
const NUMBERS = [-1, 0, 0.5, 1, 2, 3, 4, 6, 7.5];
const SCALARS: readonly JsonValue[] = [...TEXTS, ...NUMBERS, true, false, null];

/**
 * A schema of the keywords whose rules promise that data stays readable. Left out, because the rules of Confluent do not look
 * at them or look at them one by one: oneOf (a value may fit a second member that was widened), patternProperties,
 * propertyNames, contains, if, format, and defaults inside of combinations, where no validator fills them in.
 */
export function randomSchema(dice: Dice, depth: number): JsonValue {
  const kinds = ['string', 'number', 'integer', 'boolean', 'null', 'enum', 'const', 'types', 'any'] as const;
  const nested = ['object', 'object', 'object', 'array', 'array', 'allOf', 'anyOf', 'not'] as const;
  const kind = dice.pick<(typeof kinds)[number] | (typeof nested)[number]>(
    depth > 0 ? [...kinds, ...nested] : kinds,
  );
  switch (kind) {
    case 'string':
      return {
        type: 'string',
        ...limit(dice, 'minLength', [0, 1, 2]),
        ...limit(dice, 'maxLength', [1, 2, 3]),
      };
    case 'number':
    case 'integer':
      return {
        type: kind,
        ...limit(dice, 'minimum', [-1, 0, 1]),
        ...limit(dice, 'exclusiveMinimum', [-1, 0]),
        ...limit(dice, 'maximum', [2, 4, 6]),
        ...limit(dice, 'exclusiveMaximum', [4, 6]),
        ...limit(dice, 'multipleOf', [0.5, 1, 2, 3]),
      };
    case 'boolean':
    case 'null':
      return { type: kind };
    case 'enum':
      return { enum: SCALARS.filter(() => dice.isLucky(3)).concat('x') };
    case 'const':
      return { const: dice.pick(SCALARS) };
    case 'types':
      return {
        type: dice.pick([
          ['string', 'null'],
          ['number', 'string'],
          ['integer', 'boolean', 'null'],
          ['string'],
        ]),
      };
    case 'any':
      return dice.pick<JsonValue>([{}, true, false, { title: 'anything' }]);
    case 'object':
      return randomObject(dice, depth - 1);
    case 'array':
      return randomArray(dice, depth - 1);
    case 'not':
      return { not: randomSchema(dice, 0) };
    case 'allOf':
    case 'anyOf':
      return {
        [kind]: Array.from({ length: 1 + dice.below(3) }, () =>
          withoutDefaults(randomSchema(dice, depth - 1)),
        ),
      };
  }
}

function limit(dice: Dice, keyword: string, values: readonly number[]): JsonMembers {
  return dice.isLucky(3) ? { [keyword]: dice.pick(values) } : {};
}

function randomObject(dice: Dice, depth: number): JsonValue {
  const names = NAMES.filter(() => dice.isLucky(2));
  const properties = Object.fromEntries(
    names.map((name) => [name, withDefault(dice, randomSchema(dice, depth))]),
  );
  return {
    type: 'object',
    properties,
    ...(dice.isLucky(2) ? { required: NAMES.filter(() => dice.isLucky(4)) } : {}),
    ...dice.pick([
      {},
      { additionalProperties: false },
      { additionalProperties: true },
      { additionalProperties: randomSchema(dice, 0) },
    ]),
    ...(dice.isLucky(8) ? { dependencies: { a: NAMES.filter(() => dice.isLucky(3)) } } : {}),
    ...limit(dice, 'minProperties', [0, 1]),
    ...limit(dice, 'maxProperties', [1, 2, 3]),
  };
}

function randomArray(dice: Dice, depth: number): JsonValue {
  const items = dice.isLucky(2)
    ? { items: randomSchema(dice, depth) }
    : {
        items: Array.from({ length: 1 + dice.below(2) }, () => randomSchema(dice, depth)),
        ...dice.pick([{}, { additionalItems: false }, { additionalItems: randomSchema(dice, 0) }]),
      };
  return {
    type: 'array',
    ...(dice.isLucky(4) ? {} : items),
    ...limit(dice, 'minItems', [0, 1]),
    ...limit(dice, 'maxItems', [1, 2]),
    ...(dice.isLucky(6) ? { uniqueItems: true } : {}),
  };
}

/** A default that fits, for texts and whole numbers without limits. */
function withDefault(dice: Dice, schema: JsonValue): JsonValue {
  if (!isMembers(schema) || !dice.isLucky(2)) return schema;
  if (JSON.stringify(schema) === '{"type":"string"}') return { ...schema, default: 'x' };
  return JSON.stringify(schema) === '{"type":"integer"}' ? { ...schema, default: 1 } : schema;
}

function withoutDefaults(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return (schema as readonly JsonValue[]).map(withoutDefaults);
  if (!isMembers(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => name !== 'default')
      .map(([name, value]) => [name, withoutDefaults(value)]),
  );
}

/** The schema with one part changed: a keyword taken away or replaced, a part replaced, something put around. */
export function changedSchema(dice: Dice, schema: JsonValue, depth: number): JsonValue {
  if (!isMembers(schema) || dice.isLucky(6)) return anotherSchema(dice, schema, depth);
  const keyword = dice.pick(Object.keys(schema));
  const value = schema[keyword];
  const { [keyword]: _, ...rest } = schema;
  switch (keyword) {
    case 'properties':
      return { ...schema, properties: changedProperties(dice, value as JsonMembers, depth - 1) };
    case 'allOf':
    case 'anyOf':
      return {
        ...schema,
        [keyword]: changedList(dice, value as readonly JsonValue[], depth - 1).map(withoutDefaults),
      };
    case 'items':
      if (!Array.isArray(value))
        return { ...schema, items: changedSchema(dice, value as JsonValue, depth - 1) };
      return { ...schema, items: changedList(dice, value as readonly JsonValue[], depth - 1) };
    case 'enum':
      return { enum: [...(value as readonly JsonValue[]), dice.pick(SCALARS)].slice(dice.below(2)) };
    case 'type':
    case 'const':
      return value === 'integer' ? { ...schema, type: 'number' } : anotherSchema(dice, schema, depth);
    case 'not':
      return { not: changedSchema(dice, value as JsonValue, 0) };
    case 'additionalProperties':
      return dice.pick<JsonValue>([
        rest,
        { ...rest, additionalProperties: false },
        { ...rest, additionalProperties: randomSchema(dice, 0) },
      ]);
    default:
      if (typeof value !== 'number' || dice.isLucky(2)) return rest;
      return { ...schema, [keyword]: Math.max(keyword === 'multipleOf' ? 1 : 0, value + dice.pick([-1, 1])) };
  }
}

function changedProperties(dice: Dice, properties: JsonMembers, depth: number): JsonValue {
  const name = dice.pick(NAMES);
  const { [name]: property, ...rest } = properties;
  if (property === undefined)
    return { ...rest, [name]: withDefault(dice, randomSchema(dice, Math.max(0, depth))) };
  return dice.isLucky(3) ? rest : { ...rest, [name]: changedSchema(dice, property, depth) };
}

function changedList(dice: Dice, schemas: readonly JsonValue[], depth: number): JsonValue[] {
  const index = dice.below(schemas.length);
  const list = [...schemas];
  const luck = dice.below(9);
  if (luck < 3) list.push(randomSchema(dice, Math.max(0, depth)));
  else if (luck < 5 && list.length > 1) list.splice(index, 1);
  else list[index] = changedSchema(dice, list[index] as JsonValue, depth);
  return list;
}

function anotherSchema(dice: Dice, schema: JsonValue, depth: number): JsonValue {
  const other = randomSchema(dice, Math.max(0, depth));
  return dice.pick<JsonValue>([
    other,
    { anyOf: [withoutDefaults(schema), withoutDefaults(other)] },
    { anyOf: [withoutDefaults(schema)] },
    {},
  ]);
}

/** A value that the schema may have been made for; whether it fits is for a validator to say. */
export function randomValue(dice: Dice, schema: JsonValue, depth: number): JsonValue {
  if (!isMembers(schema) || depth === 0 || dice.isLucky(12)) return anyValue(dice, depth);
  const members = ['allOf', 'anyOf'].flatMap((keyword) => (schema[keyword] ?? []) as readonly JsonValue[]);
  if (members.length > 0) return randomValue(dice, dice.pick(members), depth);
  if (Array.isArray(schema['enum'])) return dice.pick(schema['enum'] as readonly JsonValue[]);
  if (schema['const'] !== undefined) return schema['const'];
  if (schema['type'] === 'object') return randomMembers(dice, schema, depth - 1);
  if (schema['type'] === 'array') return randomItems(dice, schema, depth - 1);
  if (schema['type'] === 'string') return dice.pick(TEXTS);
  if (schema['type'] === 'boolean') return dice.isLucky(2);
  return schema['type'] === 'number' || schema['type'] === 'integer'
    ? dice.pick(NUMBERS)
    : anyValue(dice, depth);
}

function randomMembers(dice: Dice, schema: JsonMembers, depth: number): JsonValue {
  const properties = (schema['properties'] ?? {}) as JsonMembers;
  const required = (schema['required'] ?? []) as readonly JsonValue[];
  const names = NAMES.filter((name) => required.includes(name) || dice.isLucky(2));
  const rest = schema['additionalProperties'] ?? true;
  return Object.fromEntries(
    names
      .filter((name) => name in properties || rest !== false)
      .map((name) => [name, randomValue(dice, properties[name] ?? rest, depth)]),
  );
}

function randomItems(dice: Dice, schema: JsonMembers, depth: number): JsonValue {
  const items = schema['items'] ?? true;
  return Array.from({ length: dice.below(3) }, (_, index) => {
    const positions = Array.isArray(items) ? (items as readonly JsonValue[]) : [];
    const own = Array.isArray(items) ? (positions[index] ?? schema['additionalItems'] ?? true) : items;
    return randomValue(dice, own, depth);
  });
}

function anyValue(dice: Dice, depth: number): JsonValue {
  if (depth <= 0 || dice.isLucky(2)) return dice.pick(SCALARS);
  if (dice.isLucky(2)) return Array.from({ length: dice.below(3) }, () => anyValue(dice, depth - 1));
  return Object.fromEntries(
    NAMES.filter(() => dice.isLucky(2)).map((name) => [name, anyValue(dice, depth - 1)]),
  );
}
