/** Appends to a log until it is killed, and prints the end offset of everything that was acknowledged. */
import { argv, stdout } from 'node:process';
import { nodeHost } from '@millrace/host';
import { LogManager } from '../directory/log-manager.ts';
import { logConfig } from '../log-config.ts';
import { batchOf, TOPIC_ID } from './test-log.ts';

const [directory, flushMessages] = argv.slice(2);

const host = nodeHost();
const manager = await LogManager.open({
  host,
  logDirs: [directory!],
  defaults: logConfig({
    'internal.segment.bytes': 200_000,
    ...(flushMessages === '1' ? { 'flush.messages': 1 } : {}),
  }),
});
const log =
  manager.get('orders', 0) ?? (await manager.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID }));

let next = log.logEndOffset;

/** Values are the offsets that they will have, so that the parent can check each of them. */
async function appendForever(): Promise<never> {
  for (;;) {
    const values = Array.from({ length: 10 }, () => String(next++));
    const { lastOffset } = await log.append(batchOf(values), { origin: 'client', leaderEpoch: 0 });
    stdout.write(`${lastOffset + 1}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, appendForever));
