import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow over what was alive before everything is marked again. */
const GROWTH_PERCENT = 300;

/**
 * For a process that is a node and does nothing else. What arrives from sockets is memory outside of the heap, and V8
 * counts it as growth of the old generation until its owners, which are young, are collected. With the little growth that
 * it grants to a heap of 25 MB, 20 MB/s of requests have everything marked twice in a second, for tens of milliseconds
 * each, once the young generation is so large that it is collected less often than that (decision 0028).
 *
 * The setting is one of the whole process: a library must not make it for its user.
 */
export function letHeapGrow(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
