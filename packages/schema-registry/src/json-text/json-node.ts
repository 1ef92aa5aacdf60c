/**
 * A JSON text as a tree that remembers what a plain value forgets: where each part stands, how a number was written, and
 * members in the order of the text even where their names look like array indexes.
 */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral;

/** `offset` is the index of the first character in the text. */
interface Placed {
  readonly offset: number;
}

export interface JsonObject extends Placed {
  readonly kind: 'object';
  /** A name that the text has twice keeps its first place and its last value. */
  readonly members: ReadonlyMap<string, JsonNode>;
}

export interface JsonArray extends Placed {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonString extends Placed {
  readonly kind: 'string';
  readonly value: string;
}

export interface JsonNumber extends Placed {
  readonly kind: 'number';
  /** The characters of the text, such as `1.50`. */
  readonly lexeme: string;
}

export interface JsonLiteral extends Placed {
  readonly kind: 'literal';
  readonly value: boolean | null;
}

/** A plain JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonMembers;

/** The members of a plain JSON object. */
export interface JsonMembers {
  readonly [name: string]: JsonValue;
}

/** Whether a plain value is an object (not an array, not null). */
export function isMembers(value: JsonValue | undefined): value is JsonMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The tree as plain values. A member named `__proto__` is an ordinary member. */
export function plainValue(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'object': {
      const members: Record<string, JsonValue> = {};
      for (const [name, value] of node.members) setMember(members, name, plainValue(value));
      return members;
    }
    case 'array':
      return node.items.map(plainValue);
    case 'number':
      return Number(node.lexeme);
    case 'string':
    case 'literal':
      return node.value;
  }
}

/** Sets a member so that the name `__proto__` makes a member too, not a prototype. */
export function setMember(members: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    members[name] = value;
  }
}
