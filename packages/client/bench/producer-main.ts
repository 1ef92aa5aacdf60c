// The process that `startProducerProcess` forks: node producer-main.ts NAME HOST:PORT
import { serveMeasures } from './measured-process.ts';
import { kafkaJs, librdkafka, millrace, platformatic, type MeasuredProducer } from './producers.ts';
import type { LatencyLoad } from './producer-process.ts';

const [name, bootstrapServers = ''] = process.argv.slice(2);
const producers: Readonly<Record<string, () => MeasuredProducer | Promise<MeasuredProducer>>> = {
  millrace: () => millrace(bootstrapServers),
  kafkaJs: () => kafkaJs(bootstrapServers),
  platformatic: () => platformatic(bootstrapServers),
  // The one that does not wait for more records.
  librdkafka: () => librdkafka(bootstrapServers, 0),
};
const producer = await producers[name!]!();

serveMeasures(producer.name, async ({ topic, valueBytes, sends }: LatencyLoad) => {
  const value = Buffer.alloc(valueBytes, 'x');
  const latencies: number[] = [];
  for (let sent = 0; sent < sends; sent++) {
    const startMs = performance.now();
    await producer.sendOne(topic, value);
    latencies.push(performance.now() - startMs);
  }
  return latencies;
});
