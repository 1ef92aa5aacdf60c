/** Offsets within a segment are stored as int32 relative to its base. */
export const MAX_RELATIVE_OFFSET = 2147483647;

/** Kafka's cap for directory names, from the usual limit of file systems. */
export const MAX_DIRECTORY_NAME_CHARACTERS = 255;

/** Sequences wrap to 0 after this. */
export const MAX_SEQUENCE = 2147483647;

/** Batches remembered per producer: as many requests as an idempotent producer may have in flight. */
export const MAX_RETAINED_BATCHES = 5;

/** How far back the log is searched for batches of a producer that its snapshot does not tell of. */
export const RECALL_BYTES = 8 << 20;

/** Bytes read at once while a segment is scanned; large enough that system calls do not matter. */
export const SCAN_BLOCK_BYTES = 1 << 18;

/** The same for a cleaning, which takes some microseconds for a record: smaller, so that no turn gets long. */
export const CLEAN_BLOCK_BYTES = 1 << 17;

/** Default bound of the tail caches of all partitions of a `LogManager` together. */
export const TAIL_CACHE_BYTES = 32 << 20;

/** Closed segments keep their file open for readers, up to this many over all partitions. */
export const MAX_IDLE_OPEN_FILES = 1024;

/** Default bound of blocks that are read ahead for sequential readers, over all partitions. */
export const READ_AHEAD_BYTES = 16 << 20;

/** Bound of blocks that readers gave back and the next reads take, over all partitions. */
export const POOLED_BLOCK_BYTES = 16 << 20;

/** Bytes taken from a file at once, whatever a reader allows, unless a single batch is larger. */
export const MAX_READ_BYTES = 8 << 20;

/** Index bytes in memory over all partitions, besides those of the segments that are written. */
export const MAX_LOADED_INDEX_BYTES = 64 << 20;

/** Partitions opened at the same time; file systems answer many small requests best when some wait. */
export const MAX_PARALLEL_OPENS = 16;
