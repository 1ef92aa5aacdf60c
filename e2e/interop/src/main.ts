/**
 * `npm run interop`: every foreign client installed here produces to and consumes from a node started as a process,
 * with every codec it has, crossed with our own client in both directions. Installs Debian's packages where apt is
 * there and this is root; says what it skips and why.
 */
import { firstDifference } from './compare-records.ts';
import type { Codec, InteropClient } from './foreign-client.ts';
import { installDebianClients } from './install-debian-clients.ts';
import { recordSets } from './interop-record.ts';
import { openKcat } from './kcat-client.ts';
import { openMillrace } from './millrace-client.ts';
import { confluentKafka, kafkaPython, openPythonClient } from './python-clients.ts';
import { startNode } from './start-node.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
await installDebianClients((line) => print(line));

await using node = await startNode();
const millrace = openMillrace(node.bootstrapServers);
const foreign: Readonly<Record<string, InteropClient | undefined>> = {
  kcat: await openKcat(node.bootstrapServers),
  [confluentKafka.name]: await openPythonClient(confluentKafka, node.bootstrapServers),
  [kafkaPython.name]: await openPythonClient(kafkaPython, node.bootstrapServers),
};
for (const [name, client] of Object.entries(foreign)) {
  if (client === undefined)
    skip(`${name}: not installed (Debian: apt-get install kcat python3-confluent-kafka python3-kafka)`);
  else await exercise(client);
}
print(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

async function exercise(client: InteropClient): Promise<void> {
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
    if (!client.codecs.includes(codec)) {
      skip(`${client.name}, ${codec}: its optional library is not installed`);
      continue;
    }
    for (const set of Object.keys(recordSets)) {
      await attempt(client, [client, millrace], codec, set);
      await attempt(millrace, [client], codec, set);
    }
  }
}

/** One producer writes a set, each consumer must read exactly that. */
async function attempt(
  producer: InteropClient,
  consumers: readonly InteropClient[],
  codec: Codec,
  set: string,
) {
  const records = recordSets[set]!;
  const topic = `interop-${tally.passed + tally.failed}`;
  for (const consumer of consumers) {
    const title = `${producer.name} -> ${consumer.name}, ${codec}, ${set}`;
    try {
      if (consumer === consumers[0]) await producer.produce({ topic, codec }, records);
      const difference = firstDifference(records, await consumer.consume(topic, records.length), [
        producer,
        consumer,
      ]);
      if (difference !== undefined) throw new Error(difference);
      tally.passed++;
      print(`ok      ${title}`);
    } catch (error) {
      tally.failed++;
      print(`FAILED  ${title}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function skip(line: string): void {
  tally.skipped++;
  print(`skipped ${line}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
