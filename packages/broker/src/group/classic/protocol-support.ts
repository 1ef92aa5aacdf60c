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
 * candidate of its list, most votes win. Between equals the one voted for first wins, in order of joining.
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
  let winner: string | undefined;
  for (const [name, count] of votes)
    if (count > (winner === undefined ? 0 : votes.get(winner)!)) winner = name;
  return winner;
}
