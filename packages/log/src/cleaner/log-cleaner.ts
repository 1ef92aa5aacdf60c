import type { Logger } from '@millrace/host';
import { isCompacted } from '../log-config.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import type { CleanOptions } from './clean-log.ts';

export interface LogCleanerOptions extends CleanOptions {
  readonly logger: Logger;
  readonly logs: () => Iterable<PartitionLog>;
}

/** Compacts logs as they get dirty, the dirtiest first (`LogCleaner` in Kafka). */
export class LogCleaner {
  readonly #options: LogCleanerOptions;
  /** Logs whose cleaning failed; they are left alone until the next start. */
  readonly #uncleanable = new Set<PartitionLog>();
  #isStopped = false;

  constructor(options: LogCleanerOptions) {
    this.#options = options;
  }

  /** How many logs are left alone until the next start, since they could not be cleaned. */
  get uncleanableCount(): number {
    return this.#uncleanable.size;
  }

  /** Cleans until nothing is due. @returns how many logs were tried. */
  async run(): Promise<number> {
    let cleaned = 0;
    for (;;) {
      const log = await this.#dirtiest();
      if (log === undefined || this.#isStopped) return cleaned;
      // What could not be finished would be chosen again at once.
      if (!(await this.#clean(log)) && !this.#uncleanable.has(log)) return cleaned;
      cleaned++;
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #dirtiest(): Promise<PartitionLog | undefined> {
    let dirtiest: PartitionLog | undefined;
    let highestRatio = -1;
    for (const log of this.#options.logs()) {
      if (!isCompacted(log.config) || !log.isOnline || this.#uncleanable.has(log)) continue;
      const { isDue, dirtyRatio } = await log.cleaningState();
      if (!isDue || dirtyRatio <= highestRatio) continue;
      dirtiest = log;
      highestRatio = dirtyRatio;
    }
    return dirtiest;
  }

  async #clean(log: PartitionLog): Promise<boolean> {
    const { logger } = this.#options;
    const name = `${log.topic}-${log.partition}`;
    try {
      const result = await log.compact({ ...this.#options, isCancelled: () => this.#isStopped });
      if (result?.isComplete === true) {
        logger.info('Log is compacted', { log: name, ...result });
        return true;
      }
    } catch (error) {
      logger.error('Log cannot be compacted and is left alone', { log: name, error });
      this.#uncleanable.add(log);
    }
    return false;
  }
}
