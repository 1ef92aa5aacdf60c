/** What a finding is about, for scripts. */
export const findingRules = {
  'stray-file': 'a file that belongs to no log',
  leftover: 'what an interrupted replacement or deletion left; the next start finishes it',
  'directory-name': 'a directory that is no partition',
  'unreadable-file': 'a file that the disk does not give',
  'batch-structure': 'bytes that are no batch',
  'batch-checksum': 'a batch whose CRC is wrong',
  'batch-content': 'a batch that its header describes wrongly, or whose records cannot be read',
  'offset-order': 'offsets that go back or leave the segment',
  'offset-gap': 'offsets that are missing where nothing was compacted',
  'torn-end': 'a log that stops within a batch, as a crash leaves it; the next start cuts it',
  'offset-index': 'an entry of an offset index that points at no batch',
  'time-index': 'an entry of a time index that no batch bears out',
  'missing-log': 'an index whose log file was there when the last process stopped, and is not now',
  'missing-index': 'an index file that is not there',
  'transaction-index': 'aborted transactions that differ from the markers in the log',
  'producer-snapshot': 'producer states that differ from the batches in the log',
  'leader-epochs': 'leader epochs that differ from the batches in the log',
  'partition-metadata': 'a topic id that is missing or not the one of the other partitions',
  checkpoint: 'a checkpoint that cannot be read or contradicts the logs',
  quarantine: 'a segment that readers are kept from since damage was found in it; repair ends that',
  'directory-identity': 'meta.properties or the clean-shutdown marker',
} as const;

export type FindingRule = keyof typeof findingRules;

/** `error`: damage. `notice`: a state that the next start sets right by itself, such as after a crash. */
export type Severity = 'error' | 'notice';

export interface Finding {
  readonly severity: Severity;
  readonly rule: FindingRule;
  readonly file: string;
  /** In bytes from the beginning of the file; 0 where the file as a whole is meant. */
  readonly position: number;
  readonly problem: string;
}

export interface VerifyReport {
  readonly directory: string;
  /** No errors; notices may be there. */
  readonly isValid: boolean;
  /** The last process stopped in order. */
  readonly isClean: boolean;
  readonly partitions: number;
  readonly segments: number;
  readonly batches: number;
  readonly records: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

export interface VerifyProgress {
  /** Of the partition that is read. */
  readonly partition: string;
  readonly doneBytes: number;
  /** Of all segments together. */
  readonly totalBytes: number;
}
