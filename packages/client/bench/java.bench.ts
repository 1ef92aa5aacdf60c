import { unavailable } from '@millrace/apache-kafka-peer';
import { Admin } from '../src/index.ts';
import { startBrokerProcess } from './broker-process.ts';
import { millrace as millraceConsumer } from './consumers.ts';
import { javaConsumer, javaProducer } from './java-tools.ts';
import type { Report } from './produce-comparison.ts';
import { millrace as millraceProducer } from './producers.ts';

const ROUNDS = 3;
const loads = [
  { label: '100 B', valueBytes: 100, count: 1_000_000 },
  { label: '1 KB', valueBytes: 1000, count: 200_000 },
] as const;

/** The performance tools of Kafka's own Java client on the same Millrace broker, in turn with this client. */
export const suite = {
  name: 'client: against Java',
  async run(report: Report): Promise<void> {
    const reason = unavailable();
    if (reason !== undefined) {
      process.stderr.write(`skipped: Java's performance tools; ${reason}\n`);
      report({ metric: 'not measured: Apache Kafka is not installed', value: 0, unit: '' });
      return;
    }
    await using broker = await startBrokerProcess();
    const { bootstrapServers } = broker;
    await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
    for (const load of loads) {
      const rates = {
        own: [] as number[],
        java: [] as number[],
        ownRead: [] as number[],
        javaRead: [] as number[],
      };
      for (let round = 0; round < ROUNDS; round++) {
        const topic = `java-${load.valueBytes}-${round}`;
        await admin.createTopics([{ name: topic, partitions: 1 }]);
        rates.own.push(await produce(bootstrapServers, topic, load));
        rates.ownRead.push(await consume(bootstrapServers, topic, load.count));
        rates.javaRead.push((await javaConsumer(bootstrapServers, topic, load.count)).recordsPerSec);
        rates.java.push((await javaProducer(bootstrapServers, topic, load)).recordsPerSec);
        await admin.deleteTopics([topic]);
      }
      compare(report, `produce ${load.label}`, rates.own, rates.java, load.valueBytes === 100 ? 2 : 1);
      compare(report, `consume ${load.label}`, rates.ownRead, rates.javaRead, 1);
    }
  },
};

function compare(report: Report, metric: string, own: number[], java: number[], target: number): void {
  const [best, peer] = [Math.max(...own), Math.max(...java)];
  report({ metric: `${metric}, millrace`, value: best, unit: 'records/s' });
  report({
    metric: `${metric}, Java`,
    value: peer,
    unit: 'records/s',
    peer: 'Java',
    ratio: best / peer,
    target,
  });
}

async function produce(
  bootstrapServers: string,
  topic: string,
  { valueBytes, count }: { readonly valueBytes: number; readonly count: number },
): Promise<number> {
  const producer = millraceProducer(bootstrapServers, { 'batch.size': 524_288 });
  await producer.sendOne(topic, Buffer.alloc(valueBytes));
  const startMs = performance.now();
  await producer.sendAll(topic, Buffer.alloc(valueBytes, 'x'), count);
  const rate = (count * 1000) / (performance.now() - startMs);
  await producer.close();
  return rate;
}

async function consume(bootstrapServers: string, topic: string, count: number): Promise<number> {
  let startMs = 0;
  await millraceConsumer(bootstrapServers).readAll(topic, count, () => (startMs ||= performance.now()));
  return (count * 1000) / (performance.now() - startMs);
}
