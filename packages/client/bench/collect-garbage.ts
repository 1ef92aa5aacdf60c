import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Before each measurement: otherwise a client pays for what the one before it left behind. Memory outside of the heap, as
 * records are, makes the engine mark all of the heap whenever there are 64 MB of it, whoever received them.
 */
export const collectGarbage = runInNewContext('gc') as () => void;
