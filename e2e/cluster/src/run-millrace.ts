// The command line of Millrace, from its sources.
import { main } from '../../../packages/cli/src/main.ts';

await main();
