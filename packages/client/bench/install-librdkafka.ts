/**
 * `npm run bench:librdkafka`: builds librdkafka and its binding for this Node.js from what npm has, into `.millrace`, for
 * the benchmarks that compare with it. Needs a C++ compiler, make, Python, and the headers of zlib and OpenSSL.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { librdkafkaFolder, unavailable } from './librdkafka.ts';

const VERSION = '1.10.1';
const packageFolder = join(librdkafkaFolder, 'node_modules/@confluentinc/kafka-javascript');
const sources = join(packageFolder, 'deps/librdkafka');
const prefix = join(librdkafkaFolder, 'native');
/** What a benchmark over plain TCP does not need would only be more to install. */
const LEFT_OUT = ['gssapi', 'curl', 'zstd', 'lz4-ext', 'syslog'].map((feature) => `--disable-${feature}`);

if (unavailable() === undefined) process.stdout.write(`librdkafka is in ${librdkafkaFolder}\n`);
else install();

function install(): void {
  mkdirSync(librdkafkaFolder, { recursive: true });
  writeFileSync(join(librdkafkaFolder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  run('npm', ['install', ...quiet, `@confluentinc/kafka-javascript@${VERSION}`], librdkafkaFolder);
  if (!existsSync(join(prefix, 'lib/librdkafka++.so'))) buildLibrary();
  run(process.execPath, [nodeGyp(), 'rebuild', ...headers()], packageFolder, {
    BUILD_LIBRDKAFKA: '0',
    CPLUS_INCLUDE_PATH: `${join(prefix, 'include')}:${join(prefix, 'include/librdkafka')}`,
    LIBRARY_PATH: join(prefix, 'lib'),
    LDFLAGS: `-Wl,-rpath,${join(prefix, 'lib')}`,
  });
  const problem = unavailable();
  if (problem !== undefined) throw new Error(`Built, and yet ${problem}`);
}

function buildLibrary(): void {
  const compilers = { CC: 'gcc', CXX: 'g++' };
  run('./configure', [`--prefix=${prefix}`, ...LEFT_OUT], sources, compilers);
  run('make', ['libs'], sources, compilers);
  run('make', ['install-subdirs'], sources, compilers);
}

/** The one that npm brings along. */
function nodeGyp(): string {
  const root = spawnSync('npm', ['root', '--global'], { encoding: 'utf8' }).stdout.trim();
  return join(root, 'npm/node_modules/node-gyp/bin/node-gyp.js');
}

/** Those that came with this Node.js, where there are any; otherwise node-gyp fetches them. */
function headers(): string[] {
  const folder = resolve(dirname(process.execPath), '..');
  return existsSync(join(folder, 'include/node/node.h')) ? [`--nodedir=${folder}`] : [];
}

function run(
  command: string,
  parameters: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): void {
  process.stdout.write(`${command} ${parameters.slice(0, 2).join(' ')} ...\n`);
  // `node` in the scripts of the package is to be this one.
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const result = spawnSync(command, parameters, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment, PATH: path },
    maxBuffer: 1 << 28,
  });
  if (result.status === 0) return;
  const output = `${result.stdout}${result.stderr}`.split('\n').slice(-30).join('\n');
  throw new Error(
    `${command} failed${result.error === undefined ? '' : `: ${result.error.message}`}\n${output}`,
  );
}
