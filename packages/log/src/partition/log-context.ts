import type { Host, Logger } from '@millrace/host';
import type { LogConfig } from '../log-config.ts';
import type { ReadAhead } from '../read/read-ahead.ts';
import type { TailCache } from '../read/tail-cache.ts';
import type { LoadedIndexes } from '../segment/loaded-indexes.ts';
import type { OpenFiles } from '../segment/open-files.ts';

/** What the parts of one partition's log share. */
export interface LogContext {
  readonly topic: string;
  readonly partition: number;
  /** `<topic>-<partition>`, as in messages and checkpoint files. */
  readonly name: string;
  /** Absolute; changes when the partition is deleted, which renames the directory first. */
  directory: string;
  readonly host: Host;
  readonly logger: Logger;
  readonly files: OpenFiles;
  readonly indexes: LoadedIndexes;
  readonly tailCache: TailCache;
  readonly readAhead: ReadAhead;
  /** Writes the log start checkpoint of the directory, so that segments below the log start may go in any order. */
  readonly persistLogStart: () => Promise<void>;
  /** Writes the recovery point checkpoint of the directory. */
  readonly persistRecoveryPoint: () => Promise<void>;
  /** Writes the cleaner checkpoint of the directory. */
  readonly persistCleanedOffset: () => Promise<void>;
  /** The present configuration; topics change theirs while they are in use. */
  readonly config: () => LogConfig;
}
