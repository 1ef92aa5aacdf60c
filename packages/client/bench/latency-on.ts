// The latencies alone, on any cluster: node --conditions=@millrace/source bench/latency-on.ts HOST:PORT
import { Admin } from '../src/index.ts';
import { compareLatencies } from './latency-comparison.ts';

const [bootstrapServers = '127.0.0.1:9092'] = process.argv.slice(2);
const topic = `latency-${process.pid}`;
await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
await admin.createTopics([{ name: topic, partitions: 1 }]);
await compareLatencies(bootstrapServers, topic, ({ metric, value, unit, ratio }) => {
  const against = ratio === undefined ? '' : `  millrace is ${ratio.toFixed(2)} times as good`;
  process.stdout.write(`${metric}: ${value.toPrecision(4)} ${unit}${against}\n`);
});
await admin.deleteTopics([topic]);
