import type { ParsedSchema } from '../src/format/schema-format.ts';
import {
  RegistryRefusedError,
  SchemaRegistryClient,
  type SchemaEntity,
  type SchemaReferenceEntity,
} from '../src/index.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';

const SCHEMA_TOO_LARGE = 42_209;
const MAX_RECORD_BYTES = 1_048_576;

/** A registry that real schemas are put into, with everything they refer to. */
export class RegisteredSchemas implements AsyncDisposable {
  readonly #server: TestRegistry;
  readonly #client: SchemaRegistryClient;
  readonly #places = new Map<ParsedSchema, Promise<SchemaReferenceEntity>>();

  private constructor(server: TestRegistry) {
    this.#server = server;
    this.#client = new SchemaRegistryClient({ 'schema.registry.url': server.url });
  }

  /** Files of one name come from different people, so nothing has to fit what was there before. */
  static async start(): Promise<RegisteredSchemas> {
    return new RegisteredSchemas(await TestRegistry.start({ 'schema.compatibility.level': 'NONE' }));
  }

  /** Registers a schema under its name and finds it again. @throws when what is stored is not its canonical text */
  register(name: string, schema: ParsedSchema): Promise<SchemaReferenceEntity> {
    const known = this.#places.get(schema);
    if (known !== undefined) return known;
    const place = this.#register(name, schema);
    this.#places.set(schema, place);
    return place;
  }

  async #register(name: string, schema: ParsedSchema): Promise<SchemaReferenceEntity> {
    const references: SchemaReferenceEntity[] = [];
    for (const reference of schema.references) {
      references.push({ ...(await this.register(reference.name, reference.schema)), name: reference.name });
    }
    const entity = { schema: schema.text, schemaType: schema.type, references };
    const { id } = await this.#registered(name, entity);
    if (id === undefined) return { name, subject: name, version: 0 };
    const stored = await this.#client.schemas.byId(id);
    if (stored.schema !== schema.canonical)
      throw new Error('Expected: the registry stores the canonical text');
    const { version = 0, id: found } = await this.#client.subjects.lookUp(name, entity);
    if (found !== id) throw new Error('Expected: the schema is found by its text');
    return { name, subject: name, version };
  }

  /** Texts that no record of the topic holds have to be refused with their size. */
  async #registered(name: string, entity: SchemaEntity): Promise<{ readonly id: number | undefined }> {
    try {
      return await this.#client.subjects.register(name, entity);
    } catch (error) {
      const isTooLarge = error instanceof RegistryRefusedError && error.errorCode === SCHEMA_TOO_LARGE;
      if (!isTooLarge || entity.schema.length < MAX_RECORD_BYTES) throw error;
      return { id: undefined };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}
