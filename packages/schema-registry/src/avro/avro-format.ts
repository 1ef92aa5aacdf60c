import type {
  CompatibilityPolicy,
  Incompatibility,
  ParsedSchema,
  ParseOptions,
  ResolvedReference,
  SchemaFormat,
} from '../format/schema-format.ts';
import { readerWriterProblems } from './compatibility/reader-writer-check.ts';
import type { AvroNamed, AvroType } from './model/avro-type.ts';
import { namesIn, parseAvro } from './parse/avro-parser.ts';
import { fingerprint, type FingerprintAlgorithm } from './print/fingerprint.ts';
import { parsingCanonicalForm } from './print/parsing-canonical-form.ts';
import { printSchema } from './print/schema-text-printer.ts';

/** Avro, as Confluent's registry and serializers speak it. */
export const avroFormat: SchemaFormat = {
  type: 'AVRO',
  parse: (text, references, options) => AvroSchema.parse(text, references, options),
};

/** An Avro schema that was understood. */
export class AvroSchema implements ParsedSchema {
  readonly type = 'AVRO';
  readonly text: string;
  readonly references: readonly ResolvedReference[];
  /** The schema itself, with its names resolved. */
  readonly root: AvroType;
  /** Names of the references, which the text uses and does not define. */
  readonly #known: ReadonlySet<string>;
  #canonical: string | undefined;
  #normalized: string | undefined;

  private constructor(
    text: string,
    references: readonly ResolvedReference[],
    root: AvroType,
    known: ReadonlySet<string>,
  ) {
    this.text = text;
    this.references = references;
    this.root = root;
    this.#known = known;
  }

  /** @throws InvalidSchemaError with line, column and JSON pointer */
  static parse(
    text: string,
    references: readonly ResolvedReference[] = [],
    { strict }: ParseOptions = { strict: true },
  ): AvroSchema {
    const known = new Map<string, AvroNamed>();
    for (const { schema } of references) {
      // A reference to a schema of another format is of no use here; a name that needs it will be missed.
      if (schema instanceof AvroSchema) namesIn(schema.root, known);
    }
    const { type } = parseAvro(text, { known, strict });
    return new AvroSchema(text, references, type, new Set(known.keys()));
  }

  /** As the Java line prints it, which is what a registry stores. */
  get canonical(): string {
    this.#canonical ??= printSchema(this.root, { known: this.#known, normalize: false });
    return this.#canonical;
  }

  get normalized(): string {
    this.#normalized ??= printSchema(this.root, { known: this.#known, normalize: true });
    return this.#normalized;
  }

  /** The full name of a record; other schemas have none for a record name strategy. */
  get name(): string | undefined {
    return this.root.kind === 'record' ? this.root.name.full : undefined;
  }

  /** `resolved`: with everything that references bring, in one text. */
  formatted(format: string): string | undefined {
    if (format.toLowerCase() !== 'resolved') return undefined;
    return printSchema(this.root, { known: new Set(), normalize: false });
  }

  incompatibilitiesWith(previous: ParsedSchema, _policy: CompatibilityPolicy): readonly Incompatibility[] {
    if (previous instanceof AvroSchema) return readerWriterProblems(this.root, previous.root);
    const description = `The schema is AVRO, the other one ${previous.type}`;
    return [{ errorType: 'TYPE_MISMATCH', path: '/', description }];
  }

  topLevelFields(): readonly string[] {
    return this.root.kind === 'record' ? this.root.fields.map(({ name }) => name) : [];
  }

  /** The Parsing Canonical Form of the specification. */
  parsingCanonicalForm(): string {
    return parsingCanonicalForm(this.root);
  }

  /** The fingerprint of the Parsing Canonical Form. */
  fingerprint(algorithm: FingerprintAlgorithm): Buffer {
    return fingerprint(this.parsingCanonicalForm(), algorithm);
  }
}
