import type { Ledger } from './ledger.ts';

export const TOPIC = 'orders';
export const PARTITIONS = 3;
export const GROUP = 'workers';

/** Clients of one kind that write and read while nodes fail. */
export interface Traffic {
  readonly name: string;
  /** Values that its consumers were given. */
  readonly consumed: ReadonlySet<string>;
  /** Why it goes on no more, though nobody has stopped it. */
  readonly failure: string | undefined;
  /** Writes no more; resolves when everything it sent has its answer. */
  stopProducing(): Promise<void>;
  stopConsuming(): Promise<void>;
}

export type StartTraffic = (bootstrapServers: string, ledger: Ledger) => Promise<Traffic>;

/** Between two records of a client for a partition. */
export const PACE_MS = 10;
