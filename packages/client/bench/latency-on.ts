// The latencies alone, on any cluster: node --conditions=@millrace/source bench/latency-on.ts HOST:PORT [--awake]
import { parseArgs } from 'node:util';
import { Admin } from '../src/index.ts';
import { keepProcessorsAwake } from './awake-processors.ts';
import { compareLatencies } from './latency-comparison.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { awake: { type: 'boolean', default: false } },
});
const [bootstrapServers = '127.0.0.1:9092'] = positionals;
const topic = `latency-${process.pid}`;
using _spinners = values.awake ? keepProcessorsAwake() : undefined;
await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
await admin.createTopics([{ name: topic, partitions: 1 }]);
await compareLatencies(bootstrapServers, topic, ({ metric, value, unit, ratio }) => {
  const against = ratio === undefined ? '' : `  millrace is ${ratio.toFixed(2)} times as good`;
  process.stdout.write(`${metric}: ${value.toPrecision(4)} ${unit}${against}\n`);
});
await admin.deleteTopics([topic]);
