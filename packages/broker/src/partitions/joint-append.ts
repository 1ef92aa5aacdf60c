/** A partition that a request writes to together with others. */
interface JointReplica {
  joined(append: JointAppend): void;
  /** The append is over. */
  left(append: JointAppend): void;
}

/**
 * The appends of one request to several partitions. As in Kafka, a fetch that waits is not answered with the first of
 * them while the others are being written: consumers would get one partition at a time.
 */
export class JointAppend {
  readonly #replicas = new Set<JointReplica>();
  #isOver = false;

  /** All of its partitions have their records, or have refused them. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Before the records are handed to the log. */
  add(replica: JointReplica): void {
    this.#replicas.add(replica);
    replica.joined(this);
  }

  /** Wakes who waits for one of the partitions. A second call does nothing. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const replica of this.#replicas) replica.left(this);
  }
}
