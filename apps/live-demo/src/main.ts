/**
 * `npm start`: a node on 127.0.0.1:9092, 20,000 real flights streaming into it, and a live view. A terminal gets a screen
 * that is redrawn; a pipe or a log gets a line every two seconds.
 */
import { nodeHost, type Logger } from '@millrace/host';
import { createLogUpdate } from 'log-update';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LiveDemo } from './live-demo.ts';
import { renderLine, renderScreen, suggestions } from './screen.ts';

const { values } = parseArgs({
  options: {
    listen: { type: 'string', default: '127.0.0.1:9092' },
    'data-dir': { type: 'string', default: resolve(import.meta.dirname, '../../../.millrace/live-demo') },
    rate: { type: 'string', default: '250' },
  },
});

const host = nodeHost();
const stop = new AbortController();
process.on('SIGINT', () => (stop.signal.aborted ? process.exit(130) : stop.abort()));
process.on('SIGTERM', () => stop.abort());

try {
  await runDemo();
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  if ((error as { code?: string }).code === 'EADDRINUSE') {
    process.stderr.write(`  Try: npm start -- --listen 127.0.0.1:9192\n`);
  }
  process.exitCode = 1;
}

async function runDemo(): Promise<void> {
  const logger: Logger = { debug() {}, info() {}, warn: print, error: print };
  await using demo = await LiveDemo.start({
    host,
    logger,
    listen: values.listen,
    dataDirectory: resolve(values['data-dir']),
    recordsPerSecond: Number(values.rate),
    signal: stop.signal,
  });
  const work = demo.run();
  work.catch(() => stop.abort());
  if (process.stdout.isTTY) await drawScreen(demo);
  else await printLines(demo);
  await work;
  process.stdout.write('Stopped. Start again to continue from the stored data.\n');
}

async function drawScreen(demo: LiveDemo): Promise<void> {
  const draw = createLogUpdate(process.stdout);
  while (!stop.signal.aborted) {
    draw(renderScreen(await demo.snapshot(), process.stdout.columns || 100));
    await pause(250);
  }
  draw.done();
}

async function printLines(demo: LiveDemo): Promise<void> {
  const first = await demo.snapshot();
  const restored = demo.restored === 0 ? '' : `, ${demo.restored} flights restored`;
  process.stdout.write(`Millrace is ready on ${demo.listen}${restored}\n${suggestions(first).join('\n')}\n`);
  while (!stop.signal.aborted) {
    process.stdout.write(`${renderLine(await demo.snapshot())}\n`);
    await pause(2000);
  }
}

/** Ends early when the demo stops. */
function pause(delayMs: number): Promise<void> {
  return new Promise((done) => {
    const timer = host.timers.schedule(delayMs, done);
    stop.signal.addEventListener('abort', () => (timer.cancel(), done()), { once: true });
  });
}

function print(message: string, fields?: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${message} ${JSON.stringify(fields ?? {})}\n`);
}
