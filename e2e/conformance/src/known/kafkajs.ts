import type { KnownFailure } from '../report/outcome.ts';

export const kafkajsFailures: readonly KnownFailure[] = [];
