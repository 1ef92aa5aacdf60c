// The same comparison on any cluster: node --conditions=@millrace/source bench/consume-on.ts HOST:PORT
import { compareConsumers } from './consume-comparison.ts';

const [bootstrapServers = '127.0.0.1:9092'] = process.argv.slice(2);
await compareConsumers(bootstrapServers, (row) => {
  const against = row.ratio === undefined ? '' : `  millrace is ${row.ratio.toFixed(2)} times as good`;
  process.stdout.write(`${row.metric}: ${row.value.toPrecision(4)} ${row.unit}${against}\n`);
});
