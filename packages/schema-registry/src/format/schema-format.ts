/** The schema formats a registry knows, by the names of its REST API. */
export type SchemaType = 'AVRO' | 'PROTOBUF' | 'JSON';

/** A reference of a schema to another one, resolved to its parsed form. */
export interface ResolvedReference {
  /** The Avro full name, the JSON `$ref` address, or the Protobuf import path. */
  readonly name: string;
  readonly subject: string;
  readonly version: number;
  readonly schema: ParsedSchema;
}

/** One reason why two schemas do not fit, in the words of the REST API. */
export interface Incompatibility {
  /** For example `READER_FIELD_MISSING_DEFAULT_VALUE` or `FIELD_SCALAR_KIND_CHANGED`. */
  readonly errorType: string;
  /** Where in the schema: a JSON pointer, or the Protobuf path such as `#/Order/3`. */
  readonly path: string;
  /** A sentence that names the place and the reason. */
  readonly description: string;
  readonly additionalInfo?: string;
}

/** What decides between the two readings of "compatible" where JSON Schema has more than one. */
export type CompatibilityPolicy = 'STRICT' | 'LENIENT';

/** How strictly a text is read: new schemas with every rule of the format, stored ones as leniently as they once passed. */
export interface ParseOptions {
  readonly strict: boolean;
}

/** A schema format: from text to {@link ParsedSchema}. */
export interface SchemaFormat {
  readonly type: SchemaType;
  /** Throws {@link InvalidSchemaError} with the place: line and column where the text is broken, the path where the meaning is. */
  parse(text: string, references: readonly ResolvedReference[], options: ParseOptions): ParsedSchema;
}

/** A schema that was understood. Immutable. */
export interface ParsedSchema {
  readonly type: SchemaType;
  /** As it was given. */
  readonly text: string;
  /** What is stored and compared for identity: two texts with the same canonical text are one schema. */
  readonly canonical: string;
  /** As `canonical`, with everything that does not matter in one order (`normalize=true`). */
  readonly normalized: string;
  readonly references: readonly ResolvedReference[];
  /** The full record or message name, or the JSON `title`: what record name strategies use. */
  readonly name: string | undefined;
  /** The text in another `format=` of the REST API (`resolved`, `serialized`, `ignore_extensions`); undefined when the format has no such form. */
  formatted(format: string): string | undefined;
  /** Why data written with `previous` cannot be read with this schema; empty when it can. */
  incompatibilitiesWith(previous: ParsedSchema, policy: CompatibilityPolicy): readonly Incompatibility[];
  /** Fields at the top level: what `confluent:reserved` speaks of. */
  topLevelFields(): readonly string[];
}
