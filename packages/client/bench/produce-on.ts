// The same comparison on any cluster: node --conditions=@millrace/source bench/produce-on.ts HOST:PORT
import { compareProducers } from './produce-comparison.ts';

const [bootstrapServers = '127.0.0.1:9092'] = process.argv.slice(2);
await compareProducers(bootstrapServers, (row) => {
  const against = row.ratio === undefined ? '' : `  millrace has ${row.ratio.toFixed(2)} of it`;
  process.stdout.write(`${row.metric}: ${row.value.toPrecision(4)} ${row.unit}${against}\n`);
});
