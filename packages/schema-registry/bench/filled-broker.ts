/** A broker whose `_schemas` topic holds `SUBJECTS * VERSIONS` schemas, all different: `filled-broker.ts`. Ends with its input. */
import { Admin, Producer } from '@millrace/client';
import { writeRecord } from '../src/registry/write-record.ts';
import { startTestBroker } from '../src/server/testing/test-registry.ts';
import { schemaText, SUBJECTS, VERSIONS } from './sample-schemas.ts';

await using broker = await startTestBroker();
const client = { 'bootstrap.servers': broker.bootstrapServers };
{
  await using admin = new Admin(client);
  await admin.createTopics([{ name: '_schemas', partitions: 1, configs: { 'cleanup.policy': 'compact' } }]);
  await using producer = new Producer({ ...client, 'batch.size': 500_000 });
  await producer.send(
    Array.from({ length: SUBJECTS * VERSIONS }, (_, index) => {
      const subject = Math.floor(index / VERSIONS);
      const key = { subject: `subject-${subject}-value`, version: (index % VERSIONS) + 1 };
      const schema = schemaText(subject, key.version);
      const value = {
        ...key,
        id: index + 1,
        schemaType: 'AVRO',
        references: [],
        schema,
        deleted: false,
      } as const;
      return { topic: '_schemas', partition: 0, ...writeRecord({ type: 'SCHEMA', key, value }) };
    }),
  );
}
process.stdout.write(`${broker.bootstrapServers}\n`);
process.stdin.resume();
await new Promise((resolve) => process.stdin.once('end', resolve));
