/** `npm run apache-kafka -- install | start [port] | tool CLASS ...`, see the README beside. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { install, javaParameters, startKafka, unavailable } from './apache-kafka.ts';

const [command, ...rest] = process.argv.slice(2);
const reason = command === 'install' ? undefined : unavailable();

if (reason !== undefined) {
  process.stderr.write(`Apache Kafka cannot be run here: ${reason}\n`);
  process.exitCode = 1;
} else if (command === 'install') install();
else if (command === 'start') await start(Number(rest[0] ?? 19092));
else if (command === 'tool' && rest[0] !== undefined) {
  process.exitCode =
    spawnSync('java', javaParameters(rest[0], rest.slice(1)), { stdio: 'inherit' }).status ?? 1;
} else {
  process.stderr.write('Usage: npm run apache-kafka -- install | start [port] | tool CLASS [parameters]\n');
  process.exitCode = 2;
}

async function start(port: number): Promise<void> {
  await using kafka = await startKafka({ port });
  process.stdout.write(
    `Apache Kafka is ready on ${kafka.bootstrapServers} after ${Math.round(kafka.startedInMs)} ms\n`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(kafka.process, 'close')]);
}
