/** What one client has sent to one partition, by number. */
interface Lane {
  readonly acknowledged: Set<number>;
  highest: number;
  /** By round: what was the highest acknowledged number when it began. */
  readonly atRound: number[];
}

/** A record that was read: whose it is, and the how manyth. */
export interface Entry {
  readonly client: string;
  readonly partition: number;
  readonly number: number;
}

export type ProblemKind = 'lost' | 'duplicated' | 'reordered';

export interface Problem {
  readonly kind: ProblemKind;
  readonly text: string;
  /** In which it was sent; 0 for what was sent before the first one. */
  readonly round: number;
}

/** Everything that clients sent and were told, to be held against what is read in the end. */
export class Ledger {
  readonly #lanes = new Map<string, Lane>();
  /** When a record of a partition was last acknowledged, and the longest time without. */
  readonly #last = new Map<number, number>();
  /** When the newest acknowledged record of a partition was sent. */
  readonly #lastSent = new Map<number, number>();
  #longestGapMs = 0;
  #round = 0;
  acknowledgedCount = 0;

  /** @param round from 1 */
  beginRound(round: number): void {
    this.#round = round;
    for (const lane of this.#lanes.values()) lane.atRound[round] = lane.highest;
    this.#longestGapMs = 0;
  }

  acknowledge({ client, partition, number }: Entry): void {
    this.acknowledgedCount++;
    const lane = this.#lane(client, partition);
    lane.acknowledged.add(number);
    lane.highest = Math.max(lane.highest, number);
  }

  /** Of the client that sends all the time: how long a partition could not be written to. */
  beat(partition: number, sentMs: number): void {
    const nowMs = performance.now();
    this.#lastSent.set(partition, sentMs);
    const gapMs = nowMs - (this.#last.get(partition) ?? nowMs);
    this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    this.#last.set(partition, nowMs);
  }

  /** Has every one of so many partitions taken a record that was sent since? Answers may have been on their way. */
  hasBeatenSince(timeMs: number, partitions: number): boolean {
    const sent = [...this.#lastSent.values()];
    return sent.length === partitions && sent.every((sentMs) => sentMs > timeMs);
  }

  /** The longest time without an acknowledgement in this round. */
  get longestGapMs(): number {
    return this.#longestGapMs;
  }

  /** Held against everything in the topic, in the order of its partitions. @returns what is wrong */
  problems(read: readonly Entry[]): Problem[] {
    const seen = new Map<string, number[]>();
    for (const { client, partition, number } of read) {
      const key = `${client} ${partition}`;
      const numbers = seen.get(key);
      if (numbers === undefined) seen.set(key, [number]);
      else numbers.push(number);
    }
    return [
      ...[...seen].flatMap(([key, numbers]) => this.#disorderOf(key, numbers)),
      ...[...this.#lanes].flatMap(([key, { acknowledged }]) =>
        this.#lostOf(key, acknowledged, seen.get(key) ?? []),
      ),
    ];
  }

  #disorderOf(key: string, numbers: readonly number[]): Problem[] {
    const seen = new Set<number>();
    const problems: Problem[] = [];
    let last = -1;
    for (const number of numbers) {
      if (seen.has(number)) problems.push(this.#problem('duplicated', key, number));
      else if (number < last) problems.push(this.#problem('reordered', key, number, ` after ${last}`));
      seen.add(number);
      last = Math.max(last, number);
    }
    return problems;
  }

  #lostOf(key: string, acknowledged: ReadonlySet<number>, read: readonly number[]): Problem[] {
    const there = new Set(read);
    return [...acknowledged]
      .filter((number) => !there.has(number))
      .map((number) => this.#problem('lost', key, number));
  }

  #problem(kind: ProblemKind, key: string, number: number, more = ''): Problem {
    const atRound = this.#lanes.get(key)?.atRound ?? [];
    let round = atRound.length - 1;
    while (round > 0 && (atRound[round] ?? -1) >= number) round--;
    return { kind, text: `${kind}: ${key} ${number}${more}`, round: Math.max(round, 0) };
  }

  #lane(client: string, partition: number): Lane {
    const key = `${client} ${partition}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { acknowledged: new Set(), highest: -1, atRound: [] };
      if (this.#round > 0) lane.atRound[this.#round] = -1;
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}

export function textOf({ client, partition, number }: Entry): string {
  return `${client} ${partition} ${number}`;
}

export function entryOf(text: string): Entry {
  const [client = '', partition, number] = text.split(' ');
  return { client, partition: Number(partition), number: Number(number) };
}
