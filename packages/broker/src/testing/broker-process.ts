import { nodeHost } from '@millrace/host';
import { Broker } from '../broker.ts';

/**
 * A broker in a process of its own, for tests that kill it. Properties come as JSON in the first argument; the port
 * goes to standard output.
 */
const broker = await Broker.start(JSON.parse(process.argv[2]!), { host: nodeHost() });
process.stdout.write(`${broker.address.port}\n`);
