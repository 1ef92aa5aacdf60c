import { startConsumerProcess } from './consumer-process.ts';
import { inFilledTopic, type TopicContent } from './filled-topic.ts';
import type { Report } from './produce-comparison.ts';
import { quantile } from './quantile.ts';

const content: TopicContent = { valueBytes: 1000, count: 100_000 };

/**
 * What each of several reads costs one process of this client. They differ, by read and by process, as the engine marks its
 * whole heap more or less often; the first is also the compiler's.
 */
export async function readRepeatedly(
  bootstrapServers: string,
  rounds: number,
  report: Report,
): Promise<void> {
  await inFilledTopic(bootstrapServers, content, async (topic) => {
    await using consumer = await startConsumerProcess('millrace', bootstrapServers);
    const later: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const { cpuSecondsPerGb } = await consumer.measure({ topic, ...content });
      report({ metric: `consume 1 KB, read ${round}: CPU`, value: cpuSecondsPerGb, unit: 's/GB' });
      if (round > 1) later.push(cpuSecondsPerGb);
    }
    if (later.length === 0) return;
    const metric = 'consume 1 KB, median of the reads after the first: CPU';
    report({ metric, value: quantile(later, 0.5), unit: 's/GB' });
  });
}
