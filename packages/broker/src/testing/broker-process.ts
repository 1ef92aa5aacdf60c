import { flushCompileCache } from 'node:module';
import { letHeapGrow, nodeHost } from '@millrace/host';
import { Broker } from '../broker.ts';

/**
 * A broker in a process of its own, for tests that kill it. Properties come as JSON in the first argument; the port
 * goes to standard output.
 *
 * The compiled code is written to the cache at once: Node does it at the end of a process, which a killed one does not
 * live to see, so that each of them would compile all sources again.
 */
letHeapGrow();
const broker = await Broker.start(JSON.parse(process.argv[2]!), { host: nodeHost() });
process.stdout.write(`${broker.address.port}\n`);
flushCompileCache();
