/**
 * How long records take under a steady load, on any cluster: node --conditions=@millrace/source bench/paced-on.ts HOST:PORT
 * [--rate 20000] [--bytes 1000] [--seconds 8] [--acks all] [--awake]
 */
import { parseArgs } from 'node:util';
import { Admin, Producer } from '../src/index.ts';
import { keepProcessorsAwake } from './awake-processors.ts';
import { reportPaced, sendPaced } from './paced-load.ts';
import { positiveOption } from './positive-option.ts';

/** Not counted: connecting, and the compiler. */
const WARMING_SECONDS = 1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: 'string', default: '20000' },
    bytes: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
    acks: { type: 'string', default: 'all' },
    awake: { type: 'boolean', default: false },
  },
});
const [bootstrapServers = '127.0.0.1:9092'] = positionals;
const topic = `paced-${process.pid}`;
const load = {
  topic,
  recordsPerSec: positiveOption('rate', values.rate),
  valueBytes: positiveOption('bytes', values.bytes),
  seconds: positiveOption('seconds', values.seconds),
};
using _spinners = values.awake ? keepProcessorsAwake() : undefined;
await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
await admin.createTopics([{ name: topic, partitions: 1 }]);
await using producer = new Producer({ 'bootstrap.servers': bootstrapServers, acks: values.acks });
await sendPaced(producer, { ...load, seconds: WARMING_SECONDS });
reportPaced(await sendPaced(producer, load), ({ metric, value, unit }) => {
  process.stdout.write(`${metric}: ${value.toPrecision(4)} ${unit}\n`);
});
await admin.deleteTopics([topic]);
