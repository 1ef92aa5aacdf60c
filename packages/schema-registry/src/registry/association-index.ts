import type { AssociationKey, AssociationValue } from './registry-record.ts';

export interface StoredAssociation extends AssociationValue {
  readonly createTs: number;
  readonly updateTs: number;
}

type Index = Map<string, Set<StoredAssociation>>;

/** Which subjects belong to which resources, found from either side. */
export class AssociationIndex {
  readonly #byKey = new Map<string, StoredAssociation>();
  readonly #bySubject: Index = new Map();
  readonly #byResourceId: Index = new Map();
  readonly #byResourceName: Index = new Map();

  all(): Iterable<StoredAssociation> {
    return this.#byKey.values();
  }

  ofSubject(subject: string): Iterable<StoredAssociation> {
    return this.#bySubject.get(subject) ?? [];
  }

  ofResourceId(resourceId: string): Iterable<StoredAssociation> {
    return this.#byResourceId.get(resourceId) ?? [];
  }

  ofResourceName(resourceName: string): Iterable<StoredAssociation> {
    return this.#byResourceName.get(resourceName) ?? [];
  }

  put(value: AssociationValue, timestampMs: number): void {
    const key = keyText(value);
    const old = this.#byKey.get(key);
    const createTs = value.createTs ?? old?.createTs ?? timestampMs;
    if (old !== undefined) this.remove(value);
    const stored: StoredAssociation = { ...value, createTs, updateTs: timestampMs };
    this.#byKey.set(key, stored);
    for (const [index, name] of this.#indexesOf(stored)) {
      const entries = index.get(name);
      if (entries === undefined) index.set(name, new Set([stored]));
      else entries.add(stored);
    }
  }

  remove(key: AssociationKey): void {
    const stored = this.#byKey.get(keyText(key));
    if (stored === undefined) return;
    this.#byKey.delete(keyText(key));
    for (const [index, name] of this.#indexesOf(stored)) {
      const entries = index.get(name);
      entries?.delete(stored);
      if (entries?.size === 0) index.delete(name);
    }
  }

  #indexesOf({ subject, resourceId, resourceName }: StoredAssociation): [Index, string][] {
    return [
      [this.#bySubject, subject],
      [this.#byResourceId, resourceId],
      [this.#byResourceName, resourceName],
    ];
  }
}

function keyText(key: AssociationKey): string {
  const { resourceName, resourceNamespace, resourceType, associationType, subject } = key;
  return JSON.stringify([resourceName, resourceNamespace, resourceType, associationType, subject]);
}
