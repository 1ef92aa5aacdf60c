// Whether schemas with a great many of something take the time of reading them, and not its square:
//   npm run conformance:hostile-protos [-- COUNT]      default 15000, and twice as many
import { hostileShapes } from '../src/protobuf/testing/hostile-shapes.ts';
import { takeThroughTheRegistry } from '../src/protobuf/testing/through-the-registry.ts';

/** Twice as many take twice as long; garbage collection and a busy machine are allowed for. */
const MAX_RATIO = 3.2;

const count = Number(process.argv[2] ?? 15_000);
const twice = hostileShapes(count * 2);
for (const [name, text] of Object.entries(hostileShapes(count))) {
  const once = cpuMs(text);
  const doubled = cpuMs(twice[name] ?? '');
  const isTooSlow = doubled > once * MAX_RATIO;
  if (isTooSlow) process.exitCode = 1;
  process.stdout.write(
    `${isTooSlow ? 'SLOW ' : ''}${name}: ${once} ms for ${count}, ${doubled} ms for ${count * 2}\n`,
  );
}

/** Processor time, which does not depend on who else uses the machine. */
function cpuMs(text: string): number {
  const start = process.cpuUsage();
  takeThroughTheRegistry(text);
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
}
