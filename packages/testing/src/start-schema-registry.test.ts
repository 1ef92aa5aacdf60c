import { expect, test } from 'vitest';
import { startBroker } from './start-broker.ts';
import { startSchemaRegistry, type TestSchemaRegistry } from './start-schema-registry.ts';

async function register(registry: TestSchemaRegistry, subject: string, schema: string): Promise<unknown> {
  const response = await fetch(`${registry.url}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema }),
  });
  return response.json();
}

test('a schema registry keeps its schemas in the test broker it is given', async () => {
  await using broker = await startBroker();
  {
    await using registry = await startSchemaRegistry({ broker });
    expect(registry.bootstrapServers).toBe(broker.bootstrapServers);
    expect(await register(registry, 'orders-value', '"string"')).toMatchObject({ id: 1, version: 1 });
  }
  await using registry = await startSchemaRegistry({ broker });
  expect(await register(registry, 'orders-value', '"string"')).toMatchObject({ id: 1, version: 1 });
  expect((await broker.drain('_schemas')).length).toBeGreaterThan(0);
});

test('a schema registry without one starts its own, and closes it once', async () => {
  const registry = await startSchemaRegistry({ properties: { 'schema.compatibility.level': 'none' } });
  await register(registry, 'a', '"string"');
  expect(await register(registry, 'a', '"int"')).toMatchObject({ version: 2 });
  await Promise.all([registry.close(), registry.close()]);
  await expect(fetch(registry.url)).rejects.toThrow('fetch failed');
});
