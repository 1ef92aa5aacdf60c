import { AclPatternType } from '@millrace/protocol';
import { WILDCARD, type Acl } from './acl.ts';

/** The ACLs of one type of resource, by pattern. */
interface TypeIndex {
  readonly literal: Map<string, Acl[]>;
  readonly prefixed: Map<string, Acl[]>;
  /** Lengths of prefixes there are: a name is looked up once for each. */
  readonly prefixLengths: Set<number>;
}

/** Finds the ACLs that speak of a resource, without looking at all of them. */
export class AclIndex {
  readonly #byType = new Map<number, TypeIndex>();

  constructor(acls: Iterable<Acl>) {
    for (const acl of acls) this.#add(acl);
  }

  /** Those whose pattern covers the name: its own, `*`, and those of its prefixes. */
  *covering(resourceType: number, name: string): Iterable<Acl> {
    const index = this.#byType.get(resourceType);
    if (index === undefined) return;
    yield* index.literal.get(name) ?? [];
    if (name !== WILDCARD) yield* index.literal.get(WILDCARD) ?? [];
    for (const length of index.prefixLengths) {
      if (length <= name.length) yield* index.prefixed.get(name.slice(0, length)) ?? [];
    }
  }

  *ofType(resourceType: number): Iterable<Acl> {
    const index = this.#byType.get(resourceType);
    if (index === undefined) return;
    for (const acls of index.literal.values()) yield* acls;
    for (const acls of index.prefixed.values()) yield* acls;
  }

  #add(acl: Acl): void {
    let index = this.#byType.get(acl.resourceType);
    if (index === undefined) {
      index = { literal: new Map(), prefixed: new Map(), prefixLengths: new Set() };
      this.#byType.set(acl.resourceType, index);
    }
    const isPrefixed = acl.patternType === AclPatternType.PREFIXED;
    const byName = isPrefixed ? index.prefixed : index.literal;
    const acls = byName.get(acl.resourceName);
    if (acls === undefined) byName.set(acl.resourceName, [acl]);
    else acls.push(acl);
    if (isPrefixed) index.prefixLengths.add(acl.resourceName.length);
  }
}
