import type { TopicPartition } from '../topic-partition.ts';
import type { GroupAssignment } from './assignor.ts';

/** A partition on its way from one member to the next. */
interface Move {
  readonly from: string;
  readonly to: string;
  readonly partition: TopicPartition;
}

/**
 * Moves partitions until no chain of moves makes any two members' loads more equal. In place.
 *
 * A single move from a member to one that holds at least two partitions less is the shortest such chain. Longer ones
 * matter too: A holds 3 of topic x, B holds 2 of x and y, C holds 1 of y. No single move helps, yet A->B together
 * with B->C gives 2, 2, 2. Looking for cost-reducing paths like this one is the known exact algorithm for spreading
 * jobs over machines that each accept only some of them (optimal semi-matching, Harvey et al., 2003).
 *
 * @param subscribers ids of the members that may hold partitions of a topic.
 * @param isNear of a topic, partitions move that are near their new member, or else not near their old one
 */
export function evenOutLoads(
  assignment: GroupAssignment,
  subscribers: (topic: string) => readonly string[],
  isNear: (memberId: string, partition: TopicPartition) => boolean = () => true,
): void {
  for (let chain = findChain(assignment, subscribers); chain !== undefined;) {
    for (const move of chain) apply(assignment, bestOf(move, assignment, isNear));
    chain = findChain(assignment, subscribers);
  }
}

function findChain(
  assignment: GroupAssignment,
  subscribers: (topic: string) => readonly string[],
): readonly Move[] | undefined {
  const heaviestFirst = [...assignment.keys()].toSorted((a, b) => load(assignment, b) - load(assignment, a));
  for (const start of heaviestFirst) {
    const chain = chainFrom(start, assignment, subscribers);
    if (chain !== undefined) return chain;
  }
  return undefined;
}

/** Breadth first, so that the chain found moves the fewest partitions. */
function chainFrom(
  start: string,
  assignment: GroupAssignment,
  subscribers: (topic: string) => readonly string[],
): readonly Move[] | undefined {
  const arrivedBy = new Map<string, Move | undefined>([[start, undefined]]);
  for (const member of arrivedBy.keys()) {
    if (load(assignment, member) + 2 <= load(assignment, start)) return pathTo(member, arrivedBy);
    for (const partition of onePerTopic(assignment.get(member) ?? [])) {
      for (const to of subscribers(partition.topic)) {
        if (!arrivedBy.has(to)) arrivedBy.set(to, { from: member, to, partition });
      }
    }
  }
  return undefined;
}

function bestOf(
  move: Move,
  assignment: GroupAssignment,
  isNear: (memberId: string, partition: TopicPartition) => boolean,
): Move {
  const { from, to, partition } = move;
  if (isNear(to, partition)) return move;
  const others = (assignment.get(from) ?? []).filter(({ topic }) => topic === partition.topic);
  const better =
    others.find((other) => isNear(to, other)) ?? others.find((other) => !isNear(from, other)) ?? partition;
  return { from, to, partition: better };
}

/** Partitions of one topic are interchangeable here: one of each is enough to look at. */
function onePerTopic(partitions: readonly TopicPartition[]): Iterable<TopicPartition> {
  return new Map(partitions.map((partition) => [partition.topic, partition])).values();
}

function pathTo(member: string, arrivedBy: ReadonlyMap<string, Move | undefined>): readonly Move[] {
  const path: Move[] = [];
  for (let move = arrivedBy.get(member); move !== undefined; move = arrivedBy.get(move.from)) path.push(move);
  return path.toReversed();
}

function apply(assignment: GroupAssignment, { from, to, partition }: Move): void {
  const source = assignment.get(from) ?? [];
  source.splice(source.indexOf(partition), 1);
  assignment.get(to)?.push(partition);
}

function load(assignment: GroupAssignment, memberId: string): number {
  return assignment.get(memberId)?.length ?? 0;
}
