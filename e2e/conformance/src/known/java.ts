import type { KnownFailure } from '../report/outcome.ts';

export const javaFailures: readonly KnownFailure[] = [];
