// The command line of Millrace, from its sources. What is compiled in one life of a node is there for the next ones.
import { enableCompileCache, flushCompileCache } from 'node:module';

const CACHED_MS = 5000;

enableCompileCache(process.env['E2E_COMPILE_CACHE']);
const { main } = await import('../../../packages/cli/src/main.ts');
// Whoever is killed has no end at which Node.js would write it.
setTimeout(flushCompileCache, CACHED_MS).unref();
await main();
