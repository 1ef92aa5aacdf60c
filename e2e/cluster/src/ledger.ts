/** What one client has sent to one partition, by number. */
interface Lane {
  readonly acknowledged: Set<number>;
}

/** A record that was read: whose it is, and the how manyth. */
export interface Entry {
  readonly client: string;
  readonly partition: number;
  readonly number: number;
}

/** Everything that clients sent and were told, to be held against what is read in the end. */
export class Ledger {
  readonly #lanes = new Map<string, Lane>();
  /** When a record of a partition was last acknowledged, and the longest time without. */
  readonly #last = new Map<number, number>();
  #longestGapMs = 0;
  acknowledgedCount = 0;

  acknowledge({ client, partition, number }: Entry): void {
    this.acknowledgedCount++;
    this.#lane(client, partition).acknowledged.add(number);
  }

  /** Of the client that sends all the time: how long a partition could not be written to. */
  beat(partition: number): void {
    const nowMs = performance.now();
    const gapMs = nowMs - (this.#last.get(partition) ?? nowMs);
    this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    this.#last.set(partition, nowMs);
  }

  /** Has every one of so many partitions been written to since? */
  hasBeatenSince(timeMs: number, partitions: number): boolean {
    return this.#last.size === partitions && [...this.#last.values()].every((last) => last > timeMs);
  }

  /** The longest time without an acknowledgement since it was last asked for. */
  takeLongestGapMs(): number {
    const gapMs = this.#longestGapMs;
    this.#longestGapMs = 0;
    return gapMs;
  }

  /** Held against everything in the topic, in the order of its partitions. @returns what is wrong */
  problems(read: readonly Entry[]): string[] {
    const seen = new Map<string, number[]>();
    for (const { client, partition, number } of read) {
      const key = `${client} ${partition}`;
      const numbers = seen.get(key);
      if (numbers === undefined) seen.set(key, [number]);
      else numbers.push(number);
    }
    return [
      ...[...seen].flatMap(([key, numbers]) => disorderOf(key, numbers)),
      ...[...this.#lanes].flatMap(([key, { acknowledged }]) =>
        lostOf(key, acknowledged, seen.get(key) ?? []),
      ),
    ];
  }

  #lane(client: string, partition: number): Lane {
    const key = `${client} ${partition}`;
    const lane = this.#lanes.get(key) ?? { acknowledged: new Set<number>() };
    this.#lanes.set(key, lane);
    return lane;
  }
}

function disorderOf(key: string, numbers: readonly number[]): string[] {
  const seen = new Set<number>();
  const problems: string[] = [];
  let last = -1;
  for (const number of numbers) {
    if (seen.has(number)) problems.push(`duplicated: ${key} ${number}`);
    else if (number < last) problems.push(`reordered: ${key} ${number} after ${last}`);
    seen.add(number);
    last = Math.max(last, number);
  }
  return problems;
}

function lostOf(key: string, acknowledged: ReadonlySet<number>, read: readonly number[]): string[] {
  const there = new Set(read);
  return [...acknowledged].filter((number) => !there.has(number)).map((number) => `lost: ${key} ${number}`);
}

export function textOf({ client, partition, number }: Entry): string {
  return `${client} ${partition} ${number}`;
}

export function entryOf(text: string): Entry {
  const [client = '', partition, number] = text.split(' ');
  return { client, partition: Number(partition), number: Number(number) };
}
