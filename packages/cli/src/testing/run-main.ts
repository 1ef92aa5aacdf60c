import { main } from '../main.ts';

/** What `bin/millrace.mjs` does, with the sources. */
await main();
