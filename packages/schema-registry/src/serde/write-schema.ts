import type { RegisteredSchema, SchemaEntity, SchemaRuleSet } from '../client/registry-entities.ts';
import type { SchemaRegistryClient } from '../client/schema-registry-client.ts';
import { IncompatibleReaderError, RegistryConfigError } from '../errors.ts';
import type { ParsedSchema } from '../format/schema-format.ts';
import type { SchemaLoader } from './schema-loader.ts';
import type { SerdeSettings } from './serde-properties.ts';

/** The schema that a serializer writes with, and what it is called in the registry. */
export interface WriteSchema {
  readonly schema: ParsedSchema;
  readonly id: number | undefined;
  /** Registries before 8.0 give none. */
  readonly guid: string | undefined;
  /** Rules that hold for what is written. */
  readonly ruleSet: SchemaRuleSet | undefined;
}

/** What a serializer brings to the choice. */
export interface OwnSchema {
  readonly entity: SchemaEntity;
  readonly parsed: ParsedSchema;
}

/**
 * Finds the schema that the records of a subject are written with, in Confluent's order: register the own one,
 * `use.schema.id`, `use.schema.guid`, `use.latest.with.metadata`, `use.latest.version`, look the own one up.
 */
export class WriteSchemaChoice {
  readonly #registry: SchemaRegistryClient;
  readonly #loader: SchemaLoader;
  readonly #settings: SerdeSettings;

  constructor(registry: SchemaRegistryClient, loader: SchemaLoader, settings: SerdeSettings) {
    this.#registry = registry;
    this.#loader = loader;
    this.#settings = settings;
  }

  /** Whether what was chosen may be another one later. */
  get mayChange(): boolean {
    const settings = this.#settings;
    if (
      settings['auto.register.schemas'] ||
      settings['use.schema.id'] >= 0 ||
      settings['use.schema.guid'] !== ''
    ) {
      return false;
    }
    return settings['use.latest.with.metadata'] !== '' || settings['use.latest.version'];
  }

  /** @throws IncompatibleReaderError when the registered schema could not read what the own one would write */
  async choose(subject: string, own: OwnSchema | undefined): Promise<WriteSchema> {
    const settings = this.#settings;
    if (settings['auto.register.schemas']) return this.#register(subject, this.#needed(own, 'register'));
    const strictLatest = settings['latest.compatibility.strict'];
    const strictId = settings['id.compatibility.strict'];
    if (settings['use.schema.id'] >= 0) {
      const id = settings['use.schema.id'];
      const byId = await this.#registry.schemas.byId(id, contextOf(subject));
      return { ...(await this.#checked(byId, own, strictId, `the schema with id ${id}`)), id };
    }
    if (settings['use.schema.guid'] !== '') {
      const guid = settings['use.schema.guid'];
      const byGuid = await this.#registry.schemas.byGuid(guid);
      const found = await this.#checked(byGuid, own, strictId, `the schema with GUID ${guid}`);
      return { ...found, id: found.id ?? (await this.#idOfGuid(guid)), guid };
    }
    const latest = await this.latest(subject);
    if (latest !== undefined) {
      return this.#checked(latest, own, strictLatest, `version ${latest.version} of subject "${subject}"`);
    }
    return this.#lookUp(subject, this.#needed(own, 'look up'));
  }

  /** The version that `use.latest.with.metadata` or `use.latest.version` names, undefined when neither is set. */
  async latest(subject: string): Promise<RegisteredSchema | undefined> {
    const metadata = this.#settings['use.latest.with.metadata'];
    if (metadata !== '') return this.#registry.subjects.latestWithMetadata(subject, parsePairs(metadata));
    return this.#settings['use.latest.version']
      ? this.#registry.subjects.version(subject, 'latest')
      : undefined;
  }

  async #register(subject: string, { entity, parsed }: OwnSchema): Promise<WriteSchema> {
    const normalize = this.#settings['normalize.schemas'];
    const answer = await this.#registry.subjects.register(subject, entity, { normalize });
    const { id, guid, ruleSet = entity.ruleSet } = answer;
    return { schema: parsed, id, guid, ruleSet };
  }

  async #lookUp(subject: string, { entity, parsed }: OwnSchema): Promise<WriteSchema> {
    const normalize = this.#settings['normalize.schemas'];
    const { id, guid, ruleSet } = await this.#registry.subjects.lookUp(subject, entity, { normalize });
    return { schema: parsed, id, guid, ruleSet };
  }

  async #checked(
    registered: RegisteredSchema,
    own: OwnSchema | undefined,
    isStrict: boolean,
    what: string,
  ): Promise<WriteSchema> {
    const schema = await this.#loader.load(registered);
    const problems = own === undefined || !isStrict ? [] : schema.incompatibilitiesWith(own.parsed, 'STRICT');
    if (problems.length > 0) {
      const reasons = problems.map(({ path, description }) => `${path}: ${description}`).join('; ');
      throw new IncompatibleReaderError(
        `What the serializer's schema describes cannot be read with ${what}, which it is told to write with: ${reasons}`,
      );
    }
    return { schema, id: registered.id, guid: registered.guid, ruleSet: registered.ruleSet };
  }

  async #idOfGuid(guid: string): Promise<number | undefined> {
    const ids = await this.#registry.schemas.idsOfGuid(guid);
    return (ids.find(({ context }) => context === '.') ?? ids[0])?.id;
  }

  #needed(own: OwnSchema | undefined, purpose: string): OwnSchema {
    if (own !== undefined) return own;
    throw new RegistryConfigError(
      `The serializer has no schema to ${purpose}: give it one, or set auto.register.schemas=false and ` +
        'use.latest.version=true or use.schema.id',
    );
  }
}

/** Ids count per context, so a subject in another context than the default one goes with the question. */
export function contextOf(subject: string): { subject?: string } {
  return subject.startsWith(':.') ? { subject } : {};
}

function parsePairs(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  const broken = pairs.find((pair) => pair.length !== 2 || pair[0]?.trim() === '');
  if (broken !== undefined) {
    throw new RegistryConfigError(
      `use.latest.with.metadata holds "${broken.join('=')}"; it is written as name=value,name=value`,
    );
  }
  return Object.fromEntries(pairs.map(([name, value]) => [name?.trim(), value?.trim()]));
}
