/** Names of types in a schema. */
type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array';

/** A JSON Schema written down as an object. Keywords that are not listed are allowed. */
export interface JsonSchemaLiteral {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly items?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

/**
 * The type of the values that fit a schema, from the schema as a literal (`as const`, or given to {@link json} directly):
 * types, properties and `required`, items and tuples, `enum`, `const`, `anyOf`, `oneOf`, `allOf`, and `$ref` into `definitions`
 * or `$defs`. What a type cannot say (lengths, patterns, `not`, `if`) is left out; what it cannot know (schemas of the
 * registry) is `unknown`.
 */
export type FromJsonSchema<Schema> = Infer<Schema, Schema>;

type Infer<S, Root> = S extends false
  ? never
  : S extends { readonly $ref: infer Address }
    ? InferReference<Address, Root>
    : S extends { readonly const: infer Value }
      ? Value
      : S extends { readonly enum: readonly (infer Value)[] }
        ? Value
        : S extends { readonly anyOf: readonly (infer Member)[] }
          ? InferUnion<Member, Root> & InferTyped<S, Root>
          : S extends { readonly oneOf: readonly (infer Member)[] }
            ? InferUnion<Member, Root> & InferTyped<S, Root>
            : S extends { readonly allOf: infer Members extends readonly unknown[] }
              ? Simplified<InferAll<Members, Root> & InferTyped<S, Root>>
              : InferTyped<S, Root>;

/** One type for each member. */
type InferUnion<Member, Root> = Member extends unknown ? Infer<Member, Root> : never;

type InferAll<Members extends readonly unknown[], Root> = Members extends readonly [
  infer First,
  ...infer Rest,
]
  ? Infer<First, Root> & InferAll<Rest, Root>
  : unknown;

type InferReference<Address, Root> = Address extends '#'
  ? Infer<Root, Root>
  : Address extends `#/definitions/${infer Name}`
    ? InferDefinition<Root, 'definitions', Name>
    : Address extends `#/$defs/${infer Name}`
      ? InferDefinition<Root, '$defs', Name>
      : unknown;

type InferDefinition<Root, Keyword extends string, Name extends string> =
  Root extends Readonly<Record<Keyword, Readonly<Record<Name, infer Definition>>>>
    ? Infer<Definition, Root>
    : unknown;

type InferTyped<S, Root> = S extends { readonly type: infer Type }
  ? Type extends readonly (infer One)[]
    ? InferType<One, S, Root>
    : InferType<Type, S, Root>
  : S extends { readonly properties: unknown }
    ? InferObject<S, Root>
    : unknown;

type InferType<Type, S, Root> = Type extends 'string'
  ? string
  : Type extends 'number' | 'integer'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends 'null'
        ? null
        : Type extends 'array'
          ? InferArray<S, Root>
          : Type extends 'object'
            ? InferObject<S, Root>
            : unknown;

type InferArray<S, Root> = S extends { readonly prefixItems: infer Positions extends readonly unknown[] }
  ? InferTuple<Positions, S extends { readonly items: infer Rest } ? Rest : true, Root>
  : S extends { readonly items: infer Items }
    ? Items extends readonly unknown[]
      ? InferTuple<Items, S extends { readonly additionalItems: infer Rest } ? Rest : true, Root>
      : Infer<Items, Root>[]
    : unknown[];

type InferTuple<Positions extends readonly unknown[], Rest, Root> = Rest extends false
  ? InferPositions<Positions, Root>
  : [...InferPositions<Positions, Root>, ...Infer<Rest, Root>[]];

type InferPositions<Positions extends readonly unknown[], Root> = Positions extends readonly [
  infer First,
  ...infer Others,
]
  ? [Infer<First, Root>, ...InferPositions<Others, Root>]
  : [];

type InferObject<S, Root> = S extends { readonly properties: infer Properties }
  ? Simplified<
      {
        [Name in keyof Properties as Name extends Required<S> ? Name : never]-?: Infer<
          Properties[Name],
          Root
        >;
      } & {
        [Name in keyof Properties as Name extends Required<S> ? never : Name]?: Infer<Properties[Name], Root>;
      }
    >
  : S extends { readonly additionalProperties: infer Rest }
    ? Record<string, Infer<Rest, Root>>
    : Record<string, unknown>;

type Required<S> = S extends { readonly required: readonly (infer Name)[] } ? Name : never;

/** An intersection of objects as one object, which editors show better; readonly of the literal goes. */
type Simplified<T> = T extends object ? { -readonly [Name in keyof T]: T[Name] } : T;
