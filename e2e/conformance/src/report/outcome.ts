/** One test of a suite. */
export interface Outcome {
  /** File or group, then the test: stable between runs. */
  readonly test: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped, as far as the suite says. */
  readonly detail?: string;
}

/** A failure that is expected, kept in the repo with its reason. */
export interface KnownFailure {
  readonly test: string;
  /** Where it fails. */
  readonly on: 'both' | 'kafka' | 'millrace';
  readonly reason: string;
  /** Depends on timing: it may pass as well. */
  readonly sometimes?: boolean;
}
