/** Gives a topic more partitions, for suites that leave it to a command line tool: `add-partitions.ts TOPIC COUNT`. */
import { Admin } from '@millrace/client';

const [topic = '', count = ''] = process.argv.slice(2);
const bootstrapServers = process.env['CONFORMANCE_BOOTSTRAP_SERVERS'] ?? '';
await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
await admin.createPartitions([{ topic, totalCount: Number(count) }]);
