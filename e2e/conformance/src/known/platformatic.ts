import type { KnownFailure } from '../report/outcome.ts';

export const platformaticFailures: readonly KnownFailure[] = [];
