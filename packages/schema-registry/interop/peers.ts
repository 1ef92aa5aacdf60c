import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Where `interop/install-peers.ts` puts what other people wrote. */
const folder = fileURLToPath(new URL('../../../.millrace/peers', import.meta.url));
const script = fileURLToPath(new URL('./python/serdes.py', import.meta.url));

const INSTALL = 'run node packages/schema-registry/interop/install-peers.ts';

/** Why `@confluentinc/schemaregistry` cannot be used here, or undefined. */
export function noConfluentClient(): string | undefined {
  return existsSync(`${folder}/node_modules/@confluentinc/schemaregistry`) ? undefined : INSTALL;
}

/** Loads a package from the folder of peers; its types are not there to be checked against. */
export function loadPeer(name: string): unknown {
  return createRequire(`${folder}/package.json`)(name);
}

/** Why Confluent's Python client cannot be used here, or undefined. */
export function noPythonClient(): string | undefined {
  return existsSync(`${folder}/python/confluent_kafka`) ? undefined : INSTALL;
}

/** Lets Confluent's Python client do some things, and returns what came of each. */
export async function askPython(url: string, requests: readonly object[]): Promise<unknown[]> {
  const child = spawn('/usr/bin/env', ['python3', script, url], {
    env: { PATH: '/usr/bin:/bin:/usr/local/bin', PYTHONPATH: `${folder}/python` },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = output.trimEnd().split('\n');
  if (lines.length < requests.length) throw new Error(`Python answered ${lines.length} lines: ${problems}`);
  return lines.map((line) => JSON.parse(line) as unknown);
}
