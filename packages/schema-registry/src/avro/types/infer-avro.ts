/** A schema that is written as a literal, as far as it can be told from a type of values. */
export interface AvroLiteral {
  readonly type: 'record' | 'error' | 'enum' | 'fixed' | 'array' | 'map' | PrimitiveName;
}

/**
 * The TypeScript type of values of a schema that is written as a literal with `as const`. What is beyond it (references to
 * other subjects, circles of names, texts) is `unknown`; name the type instead: `avro<Order>(schema)`.
 */
export type InferAvro<S> = IsAny<S> extends true ? unknown : Infer<S, NamedTypes<S>>;

/** Of `any` every branch of a condition would be taken, without end. */
type IsAny<S> = 0 extends 1 & S ? true : false;

type Infer<S, Names> = S extends PrimitiveName
  ? PrimitiveTypes[S]
  : S extends string
    ? S extends keyof Names
      ? Infer<Names[S], Names>
      : unknown
    : S extends readonly unknown[]
      ? Infer<S[number], Names>
      : S extends { readonly type: infer T }
        ? InferObject<S, T, Names>
        : unknown;

type PrimitiveName = keyof PrimitiveTypes;

interface PrimitiveTypes {
  null: null;
  boolean: boolean;
  int: number;
  long: number;
  float: number;
  double: number;
  bytes: Buffer;
  string: string;
}

type InferObject<S, T, Names> = T extends 'record' | 'error'
  ? S extends { readonly fields: infer F extends readonly unknown[] }
    ? Simplify<InferFields<F, Names>>
    : unknown
  : T extends 'enum'
    ? S extends { readonly symbols: infer Y extends readonly string[] }
      ? Y[number]
      : unknown
    : T extends 'array'
      ? S extends { readonly items: infer I }
        ? Infer<I, Names>[]
        : unknown
      : T extends 'map'
        ? S extends { readonly values: infer V }
          ? Record<string, Infer<V, Names>>
          : unknown
        : T extends 'fixed'
          ? Buffer
          : Infer<T, Names>;

type InferFields<F extends readonly unknown[], Names> = {
  [K in F[number] as K extends { readonly name: infer N extends string } ? N : never]: K extends {
    readonly type: infer T;
  }
    ? Infer<T, Names>
    : unknown;
};

/** Named schemas that a literal defines, by their simple names. */
type NamedTypes<S> = UnionToIntersection<NamedIn<S>>;

type NamedIn<S> = S extends readonly unknown[]
  ? NamedIn<S[number]>
  : S extends { readonly type: infer T }
    ?
        | (T extends 'record' | 'error' | 'enum' | 'fixed'
            ? S extends { readonly name: infer N extends string }
              ? { [K in N]: S }
              : {}
            : NamedIn<T>)
        | (S extends { readonly fields: infer F extends readonly unknown[] } ? NamedIn<F[number]> : {})
        | (S extends { readonly items: infer I } ? NamedIn<I> : {})
        | (S extends { readonly values: infer V } ? NamedIn<V> : {})
    : {};

type UnionToIntersection<U> = (U extends unknown ? (union: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

type Simplify<T> = { [K in keyof T]: T[K] };
