import type { CheckOptions } from '../history/check-history.ts';
import type { ClientWorld } from './client-world.ts';

/** True once the workload should come to its end. */
export type IsOver = () => boolean;

/** Clients that do something whose outcome can be judged. */
export interface Workload {
  readonly name: string;
  /** Topics and their partitions. */
  readonly topics: Readonly<Record<string, number>>;
  /** Works until it is over and every client has ended. */
  run(world: ClientWorld, isOver: IsOver): Promise<void>;
  /** What the history is to be held against besides what holds for all. */
  readonly checks: CheckOptions;
  /** What a look at the cluster shows to be broken when all is healed. */
  readonly verify?: (world: ClientWorld) => Promise<readonly string[]>;
}
