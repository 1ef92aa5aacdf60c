import { covers } from '../subject/qualified-subject.ts';
import { AssociationIndex } from './association-index.ts';
import type {
  Mode,
  RegistryConfig,
  RegistryRecord,
  RegistryWrite,
  SchemaKey,
  SchemaValue,
} from './registry-record.ts';
import { SchemaIndex } from './schema-index.ts';
import type { StoredSchema } from './stored-schema.ts';

/**
 * What the registry knows: the records of the `_schemas` topic, applied one after the other. No I/O, no clock: reading
 * the topic again gives the same state.
 */
export class RegistryState {
  readonly schemas = new SchemaIndex();
  readonly associations = new AssociationIndex();
  readonly #configs = new Map<string, RegistryConfig>();
  readonly #modes = new Map<string, Mode>();
  readonly #contexts = new Set<string>();

  /** The settings of exactly this subject or context; undefined means the default context. */
  config(subject: string | undefined): RegistryConfig | undefined {
    return this.#configs.get(subject ?? '');
  }

  mode(subject: string | undefined): Mode | undefined {
    return this.#modes.get(subject ?? '');
  }

  /** Subjects and contexts that have a mode of their own; the empty name is the default context. */
  subjectsWithMode(): string[] {
    return [...this.#modes.keys()];
  }

  subjectsWithConfig(): string[] {
    return [...this.#configs.keys()];
  }

  /** Contexts that something was registered in, without the default one. */
  contexts(): string[] {
    return [...this.#contexts].toSorted();
  }

  hasContext(context: string): boolean {
    return this.#contexts.has(context);
  }

  /** Has the subject, or the context as a whole, a version? */
  hasSubjects(scope: string | undefined, includeDeleted: boolean): boolean {
    const counts = (stored: StoredSchema) => includeDeleted || !stored.deleted;
    if (scope !== undefined && this.schemas.versions(scope).some(counts)) return true;
    return this.subjectsIn(scope).some((subject) => this.schemas.versions(subject).some(counts));
  }

  /** The subjects that a scope covers, soft-deleted ones too. */
  subjectsIn(scope: string | undefined): string[] {
    if (scope !== undefined && !isContext(scope)) {
      return this.schemas.versions(scope).length > 0 ? [scope] : [];
    }
    return [...this.schemas.subjects()].filter((subject) => covers(scope ?? '', subject));
  }

  /**
   * Takes a record over. One that gives an id to another text than it has is left out; then what the key had before is
   * returned, for the leader to write back.
   */
  apply(record: RegistryRecord): RegistryWrite | undefined {
    const { type, key, value } = record;
    switch (type) {
      case 'SCHEMA':
        return this.#applySchema(key, value, record.timestampMs);
      case 'CONFIG':
        setOrDelete(this.#configs, key.subject ?? '', value);
        break;
      case 'MODE':
        setOrDelete(this.#modes, key.subject ?? '', value?.mode ?? null);
        break;
      case 'DELETE_SUBJECT':
        if (value !== null) this.schemas.softDelete(key.subject, value.version);
        break;
      case 'CLEAR_SUBJECT':
        if (value !== null) this.schemas.clearDeleted(key.subject);
        break;
      case 'CONTEXT':
        if (value === null) this.#contexts.delete(key.context);
        else this.#contexts.add(key.context);
        break;
      case 'ASSOC':
        if (value === null) this.associations.remove(key);
        else this.associations.put(value, record.timestampMs);
        break;
      case 'NOOP':
    }
    return undefined;
  }

  #applySchema(key: SchemaKey, value: SchemaValue | null, timestampMs: number): RegistryWrite | undefined {
    if (value === null) this.schemas.remove(key.subject, key.version);
    else if (!this.schemas.contradicts(value)) this.schemas.put(value, timestampMs);
    else return { type: 'SCHEMA', key, value: this.schemas.version(key.subject, key.version) ?? null };
    return undefined;
  }
}

function setOrDelete<Value>(map: Map<string, Value>, key: string, value: Value | null): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}

function isContext(scope: string): boolean {
  return scope === '' || /^:[^:]*:?$/.test(scope);
}
