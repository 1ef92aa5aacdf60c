import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { avro } from '../src/avro/avro.ts';
import { SchemaRegistryClient } from '../src/client/schema-registry-client.ts';
import { TestRegistry } from '../src/server/testing/test-registry.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('./go', import.meta.url));
const go = ['go', '/usr/local/go/bin/go'].find((program) => {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

test.skipIf(go === undefined)(
  `franz-go's sr client${go === undefined ? ' (skipped: there is no Go)' : ' asks, registers, frames and reads'}`,
  { timeout: 600_000 },
  async () => {
    await using registry = await TestRegistry.start();
    const schema = {
      type: 'record',
      name: 'Order',
      namespace: 'shop',
      fields: [{ name: 'id', type: 'long' }],
    };
    const orders = avro<{ id: number }>(schema, {
      registry: new SchemaRegistryClient({ 'schema.registry.url': registry.url }),
    });
    const context = { topic: 'go-avro', part: 'value', headers: [] } as const;
    const bytes = await orders.serialize({ id: 21 }, { ...context, headers: [] });
    const { stdout } = await run(go!, ['run', '-buildvcs=false', '.', registry.url, bytes.toString('hex')], {
      cwd: folder,
      env: { ...process.env, GOTOOLCHAIN: 'local' },
    });
    expect(JSON.parse(stdout)).toEqual({
      types: expect.arrayContaining(['AVRO', 'PROTOBUF', 'JSON']),
      subjects: ['go-avro-value', 'go-json-value', 'go-proto-value', 'go-reference-value'],
      versions: [1, 2],
      lookedUp: true,
      byId: expect.stringContaining('"default":""'),
      fits: true,
      misfits: true,
      refused: 40_901,
      missing: 40_403,
      level: 'FULL',
      mode: 'READWRITE',
      references: 1,
      header: '0000000004040200',
      nestedId: 4,
      nestedIndex: [1, 0],
      decoded: '21',
      deleted: [1],
    });
  },
);
