import type { SerdeContext, SerdeHeader, Serializer } from '@millrace/client';
import { LookupCache } from '../client/lookup-cache.ts';
import type { SchemaEntity } from '../client/registry-entities.ts';
import { RegistryConfigError, SerializationError } from '../errors.ts';
import { encodeMessageIndexes } from './message-indexes.ts';
import { applyRules, contractRules, refuseEncodingRules, type RuleStep } from './contract-rules.ts';
import type { SerdeSetup } from './serde-setup.ts';
import type { PayloadEncoder } from './serde-format.ts';
import type { SubjectNameStrategy } from './subject-name-strategy.ts';
import { guidPrefix, idPrefix, SCHEMA_HEADERS } from './wire-format.ts';
import { WriteSchemaChoice, type OwnSchema, type WriteSchema } from './write-schema.ts';

/** Everything that records of one topic are written with. */
interface WriteTarget<T> {
  readonly encoder: PayloadEncoder<T>;
  /** Before the payload; empty where the header names the schema. */
  readonly prefix: Buffer;
  /** Added to the record, where the header names the schema. */
  readonly header: SerdeHeader | undefined;
  /** What happens to values before they are written; mostly nothing. */
  readonly rules: readonly RuleStep[] | undefined;
}

const NOTHING = Buffer.alloc(0);

/**
 * Writes values with a schema of the registry. The first record of a topic waits for the registry; all others are
 * written at once.
 */
export class SchemaSerializer<T> implements Serializer<T> {
  readonly #setup: SerdeSetup<T>;
  readonly #entity: SchemaEntity | undefined;
  readonly #choice: WriteSchemaChoice;
  readonly #targets: Readonly<Record<'key' | 'value', LookupCache<string, WriteTarget<T>>>>;
  #own: Promise<OwnSchema | undefined> | undefined;

  /** @param entity the serializer's own schema; undefined when the registry is to name one */
  constructor(setup: SerdeSetup<T>, entity: SchemaEntity | undefined) {
    this.#setup = setup;
    this.#entity = entity;
    this.#choice = new WriteSchemaChoice(setup.registry, setup.loader, setup.settings);
    this.#targets = { key: this.#newTargets('key'), value: this.#newTargets('value') };
  }

  /** @throws SerializationError for null, whatever the schema: in Kafka that is a record without a value, not a value */
  serialize(data: T, context: SerdeContext): Buffer | Promise<Buffer> {
    if (data === null || data === undefined) {
      throw new SerializationError(
        'Null is a record without a value, no value of a schema: to write it, wrap the serde in nullable()',
        '',
      );
    }
    const target = this.#targets[context.part].get(context.topic);
    if (target !== undefined) return write(target, data, context);
    return this.#lookUp(context).then((found) => write(found, data, context));
  }

  async #lookUp({ topic, part }: SerdeContext): Promise<WriteTarget<T>> {
    return this.#targets[part].getOrLookUp(topic, () => this.#find(topic, part));
  }

  async #find(topic: string, part: 'key' | 'value'): Promise<WriteTarget<T>> {
    const { format } = this.#setup;
    const own = await this.#ownSchema();
    const recordName = own === undefined ? undefined : format.recordName(own.parsed);
    const strategy: SubjectNameStrategy = this.#setup.strategies[part];
    const subject = await strategy({ topic, part, recordName });
    const chosen = await this.#choice.choose(subject, own);
    const encoder = format.encoder(chosen.schema);
    const indexes = format.hasMessageIndexes ? encodeMessageIndexes(encoder.messageIndexes) : NOTHING;
    return this.#target(part, subject, chosen, encoder, indexes);
  }

  #target(
    part: 'key' | 'value',
    subject: string,
    { id, guid, ruleSet }: WriteSchema,
    encoder: PayloadEncoder<T>,
    indexes: Buffer,
  ): WriteTarget<T> {
    refuseEncodingRules(ruleSet, 'WRITE');
    const rules = contractRules(ruleSet, 'WRITE', this.#setup.ruleExecutors);
    if (this.#setup.settings[`${part}.schema.id.serializer`] === 'PrefixSchemaIdSerializer') {
      if (id === undefined) throw missing('id', subject);
      return { encoder, prefix: Buffer.concat([idPrefix(id), indexes]), header: undefined, rules };
    }
    if (guid === undefined) throw missing('GUID', subject);
    const value = Buffer.concat([guidPrefix(guid), indexes]);
    return { encoder, prefix: NOTHING, header: { key: SCHEMA_HEADERS[part], value }, rules };
  }

  /** Parsed once; a failure is forgotten, for what the schema refers to may be registered later. */
  #ownSchema(): Promise<OwnSchema | undefined> {
    if (this.#own === undefined) {
      const own = this.#parseOwn();
      this.#own = own;
      own.catch(() => {
        if (this.#own === own) this.#own = undefined;
      });
    }
    return this.#own;
  }

  async #parseOwn(): Promise<OwnSchema | undefined> {
    const entity = this.#entity;
    if (entity === undefined) return undefined;
    const { schema, references = [] } = entity;
    return { entity, parsed: await this.#setup.loader.load({ schema, references }, true) };
  }

  #newTargets(part: 'key' | 'value'): LookupCache<string, WriteTarget<T>> {
    const { settings, registry } = this.#setup;
    const lifetimes = [
      ...(this.#choice.mayChange ? [settings['latest.cache.ttl.sec']] : []),
      ...(settings[`${part}.subject.name.strategy`] === 'AssociatedNameStrategy'
        ? [settings['subject.name.strategy.cache.expiry.secs']]
        : []),
    ].filter((seconds) => seconds >= 0);
    return new LookupCache({
      maxEntries: this.#choice.mayChange
        ? settings['latest.cache.size']
        : settings['max.schemas.per.subject'],
      ttlMs: lifetimes.length === 0 ? -1 : Math.min(...lifetimes) * 1000,
      nowMs: () => registry.host.clock.monotonicMs(),
    });
  }
}

function write<T>(target: WriteTarget<T>, data: T, context: SerdeContext): Buffer | Promise<Buffer> {
  if (target.rules === undefined) return encode(target, data, context);
  const ruled = applyRules(target.rules, data, context) as T | Promise<T>;
  return ruled instanceof Promise
    ? ruled.then((value) => encode(target, value, context))
    : encode(target, ruled, context);
}

function encode<T>(target: WriteTarget<T>, data: T, context: SerdeContext): Buffer {
  const bytes = target.encoder.encode(data, target.prefix);
  if (target.header !== undefined) context.headers.push(target.header);
  return bytes;
}

function missing(what: string, subject: string): RegistryConfigError {
  return new RegistryConfigError(
    `The registry gave no ${what} for the schema of subject "${subject}"; name the schema another way with ` +
      'key.schema.id.serializer or value.schema.id.serializer',
  );
}
