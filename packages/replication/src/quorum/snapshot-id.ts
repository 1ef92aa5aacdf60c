/** A snapshot by what it covers. */
export interface SnapshotId {
  /** First offset that is not in it. */
  readonly endOffset: number;
  /** Of the last record in it. */
  readonly epoch: number;
}

const NAME = /^(\d{20})-(\d{10})\.checkpoint$/;

/** Kafka's name for the file of a snapshot. */
export function snapshotFileName({ endOffset, epoch }: SnapshotId): string {
  return `${String(endOffset).padStart(20, '0')}-${String(epoch).padStart(10, '0')}.checkpoint`;
}

/** `undefined` for other files, unfinished snapshots among them. */
export function parseSnapshotFileName(name: string): SnapshotId | undefined {
  const match = NAME.exec(name);
  return match === null ? undefined : { endOffset: Number(match[1]), epoch: Number(match[2]) };
}

export function sameSnapshot(left: SnapshotId, right: SnapshotId): boolean {
  return left.endOffset === right.endOffset && left.epoch === right.epoch;
}
