import { javaStringHash } from '../../coordinator/coordinator-partition.ts';
import type { ClassicMember, MemberProtocol } from './classic-member.ts';

/** Counts how many members offer each protocol, so that "supported by all" need not ask all of them. */
export class ProtocolSupport {
  readonly #membersByProtocol = new Map<string, number>();

  add(protocols: readonly MemberProtocol[]): void {
    for (const name of distinctNames(protocols))
      this.#membersByProtocol.set(name, this.membersWith(name) + 1);
  }

  remove(protocols: readonly MemberProtocol[]): void {
    for (const name of distinctNames(protocols)) {
      const left = this.membersWith(name) - 1;
      if (left > 0) this.#membersByProtocol.set(name, left);
      else this.#membersByProtocol.delete(name);
    }
  }

  membersWith(protocolName: string): number {
    return this.#membersByProtocol.get(protocolName) ?? 0;
  }
}

/** Nothing keeps a client from naming a protocol twice; it still is one member. */
function distinctNames(protocols: readonly MemberProtocol[]): ReadonlySet<string> {
  return new Set(protocols.map(({ name }) => name));
}

/**
 * The protocol of the next generation: candidates are those that every member offers, each member votes for the first
 * candidate of its list, most votes win. Between equals the choice is arbitrary; it is Apache Kafka's, so
 * that a group which moves from there keeps its assignor: the one that Java's hash map of the votes yields first.
 *
 * @returns `undefined` when no protocol is offered by all.
 */
export function selectProtocol(
  members: Iterable<ClassicMember>,
  support: ProtocolSupport,
): string | undefined {
  const voters = [...members];
  const votes = new Map<string, number>();
  for (const { protocols } of voters) {
    const choice = protocols.find(({ name }) => support.membersWith(name) === voters.length);
    if (choice === undefined) return undefined;
    votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1);
  }
  const mostVotes = Math.max(...votes.values());
  return inJavaOrder([...votes.keys()]).find((name) => votes.get(name) === mostVotes);
}

/** The order of a `java.util.HashMap` with these keys: by bucket, then as they were put in. */
function inJavaOrder(keys: readonly string[]): readonly string[] {
  // It starts with 16 buckets and doubles them when they are three quarters full.
  let buckets = 16;
  while (keys.length > 0.75 * buckets) buckets *= 2;
  const bucketOf = (key: string): number => {
    const hash = javaStringHash(key);
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return keys.toSorted((a, b) => bucketOf(a) - bucketOf(b));
}
