import type { KnownFailure } from '../report/outcome.ts';

export const pythonFailures: readonly KnownFailure[] = [];
