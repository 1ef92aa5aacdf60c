import type { AnyApiHandler } from './handler.ts';

/**
 * Every API this broker serves, in order of the key. A new handler file is added here and nowhere else; ApiVersions,
 * the version sweep of the tests and the reference page follow.
 */
export const allApis: readonly AnyApiHandler[] = [];
