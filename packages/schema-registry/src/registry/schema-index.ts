import { contextOf, covers, qualifyWithParent } from '../subject/qualified-subject.ts';
import { schemaGuid } from './schema-identity.ts';
import type { SchemaValue } from './registry-record.ts';
import type { StoredSchema } from './stored-schema.ts';

interface ContextIndex {
  readonly byId: Map<number, StoredSchema[]>;
  readonly idByGuid: Map<string, number>;
  maxId: number;
}

/** Every stored version, found by subject, by id, by GUID, and by what refers to it. */
export class SchemaIndex {
  readonly #bySubject = new Map<string, StoredSchema[]>();
  readonly #contexts = new Map<string, ContextIndex>();
  readonly #referrers = new Map<string, Set<StoredSchema>>();

  /** All versions of a subject, soft-deleted ones too, the oldest first. */
  versions(subject: string): readonly StoredSchema[] {
    return this.#bySubject.get(subject) ?? [];
  }

  version(subject: string, version: number): StoredSchema | undefined {
    const versions = this.versions(subject);
    // Without permanent deletes version n is at n-1.
    const guess = versions[version - 1];
    return guess?.version === version ? guess : versions.find((stored) => stored.version === version);
  }

  latest(subject: string): StoredSchema | undefined {
    return this.versions(subject).findLast(({ deleted }) => !deleted);
  }

  subjects(): IterableIterator<string> {
    return this.#bySubject.keys();
  }

  /** The versions that share an id, in the order in which they came. */
  withId(context: string, id: number): readonly StoredSchema[] {
    return this.#contexts.get(context)?.byId.get(id) ?? [];
  }

  idOfGuid(context: string, guid: string): number | undefined {
    const id = this.#contexts.get(context)?.idByGuid.get(guid);
    return id === undefined || this.withId(context, id).length === 0 ? undefined : id;
  }

  maxId(context: string): number {
    return this.#contexts.get(context)?.maxId ?? 0;
  }

  /** Versions that name this one in their references. */
  referrers(subject: string, version: number): Iterable<StoredSchema> {
    return this.#referrers.get(referenceKey(subject, version)) ?? [];
  }

  /** Does another text have this id already? Then the record must not be taken. */
  contradicts(value: SchemaValue): boolean {
    const known = this.withId(contextOf(value.subject), value.id)[0];
    return known !== undefined && known.schema !== value.schema;
  }

  put(value: SchemaValue, timestampMs: number): void {
    this.remove(value.subject, value.version);
    const context = this.#context(contextOf(value.subject));
    const sharing = context.byId.get(value.id);
    // Versions with one id share the text in memory.
    const schema = sharing?.[0]?.schema ?? value.schema;
    const stored: StoredSchema = { ...value, schema, guid: schemaGuid(value), timestampMs };
    insertByVersion(this.#bySubject, stored);
    if (sharing === undefined) context.byId.set(stored.id, [stored]);
    else sharing.push(stored);
    context.idByGuid.set(stored.guid, stored.id);
    context.maxId = Math.max(context.maxId, stored.id);
    for (const key of referenceKeys(stored)) {
      const referrers = this.#referrers.get(key);
      if (referrers === undefined) this.#referrers.set(key, new Set([stored]));
      else referrers.add(stored);
    }
  }

  remove(subject: string, version: number): void {
    const versions = this.#bySubject.get(subject);
    const at = versions?.findIndex((stored) => stored.version === version) ?? -1;
    if (versions === undefined || at < 0) return;
    const stored = versions[at]!;
    versions.splice(at, 1);
    if (versions.length === 0) this.#bySubject.delete(subject);
    this.#forgetId(stored);
    for (const key of referenceKeys(stored)) {
      const referrers = this.#referrers.get(key);
      referrers?.delete(stored);
      if (referrers?.size === 0) this.#referrers.delete(key);
    }
  }

  /** Soft-deletes every version up to this one. */
  softDelete(subject: string, upToVersion: number): void {
    const live = this.versions(subject).filter(({ deleted }) => !deleted);
    for (const stored of live) {
      if (stored.version <= upToVersion) this.put({ ...stored, deleted: true }, stored.timestampMs);
    }
  }

  /** Drops the soft-deleted versions of every subject that the scope covers. */
  clearDeleted(scope: string | undefined): void {
    const covered = [...this.subjects()].filter((name) => covers(scope ?? '', name));
    const gone = covered.flatMap((subject) => this.versions(subject).filter(({ deleted }) => deleted));
    for (const { subject, version } of gone) this.remove(subject, version);
  }

  #forgetId(stored: StoredSchema): void {
    const context = this.#context(contextOf(stored.subject));
    const rest = context.byId.get(stored.id)?.filter((other) => other !== stored) ?? [];
    if (rest.length > 0) context.byId.set(stored.id, rest);
    else context.byId.delete(stored.id);
  }

  #context(name: string): ContextIndex {
    const known = this.#contexts.get(name);
    if (known !== undefined) return known;
    const context: ContextIndex = { byId: new Map(), idByGuid: new Map(), maxId: 0 };
    this.#contexts.set(name, context);
    return context;
  }
}

function insertByVersion(bySubject: Map<string, StoredSchema[]>, stored: StoredSchema): void {
  const versions = bySubject.get(stored.subject);
  if (versions === undefined) {
    bySubject.set(stored.subject, [stored]);
    return;
  }
  const at = versions.findLastIndex(({ version }) => version < stored.version) + 1;
  versions.splice(at, 0, stored);
}

function referenceKeys({ subject, references }: StoredSchema): string[] {
  return references.map((reference) =>
    referenceKey(qualifyWithParent(subject, reference.subject), reference.version),
  );
}

function referenceKey(subject: string, version: number): string {
  return `${version}/${subject}`;
}
