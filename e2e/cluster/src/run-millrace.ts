// The command line of Millrace, from its sources. What was compiled before is not compiled again in each life of a node:
// E2E_COMPILE_CACHE names the folder, which `--compile` fills.
import { enableCompileCache } from 'node:module';

enableCompileCache(process.env['E2E_COMPILE_CACHE']);
const { main } = await import('../../../packages/cli/src/main.ts');
// What the command line loads only when a node is to start. The cache is written when the process ends by itself.
if (process.argv[2] === '--compile') await import('../../../packages/broker/src/index.ts');
else await main();
