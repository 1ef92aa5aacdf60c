import { startKafka, unavailable } from '@millrace/apache-kafka-peer';
import type { Report } from './produce-comparison.ts';

/** The same once more on a node of Apache Kafka, where it can be run; its rows say so. */
export async function onApacheKafka(
  report: Report,
  body: (bootstrapServers: string, report: Report) => Promise<void>,
): Promise<void> {
  const reason = unavailable();
  if (reason !== undefined) {
    process.stderr.write(`skipped: the same on Apache Kafka; ${reason}\n`);
    return;
  }
  await using kafka = await startKafka();
  await body(kafka.bootstrapServers, (row) => report({ ...row, metric: `on Apache Kafka: ${row.metric}` }));
}
