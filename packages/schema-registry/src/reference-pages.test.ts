import type { PropertyDefinition } from '@millrace/config';
import { expect, test } from 'vitest';
import { registryClientProperties } from './client/registry-client-properties.ts';
import { registryErrors } from './errors.ts';
import { serdeProperties } from './serde/serde-properties.ts';
import { registryProperties } from './server/registry-properties.ts';
import { markdownTable } from './testing/markdown-table.ts';

/** Pages that are what the code says. `vitest run -u` writes them anew. */
const folder = '../../../docs/reference';

type Definitions = Readonly<Record<string, PropertyDefinition<never>>>;

function page(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

function propertyTable({ definitions }: { readonly definitions: object }): string {
  const rows = Object.entries(definitions as Definitions).map(([name, definition]) => {
    const { type, range, doc } = definition;
    const text = definition.default === undefined ? 'required' : definition.format(definition.default);
    return [`\`${name}\``, type, text === '' ? '' : `\`${text}\``, range ?? '', doc];
  });
  return markdownTable(['property', 'type', 'default', 'range', 'meaning'], rows);
}

test('the reference page of registry properties is what the definitions say', async () => {
  const text = page(
    '# Schema registry properties',
    'Names and defaults are those of Confluent. Unknown names are warned about and ignored.',
    '## Client',
    'What `SchemaRegistryClient` takes as its first argument.',
    propertyTable(registryClientProperties),
    '## Serdes',
    'What `avro()`, `protobuf()` and `json()` take as `properties`.',
    propertyTable(serdeProperties),
    '## Server',
    'What `startSchemaRegistry()` takes as its first argument.',
    propertyTable(registryProperties),
  );
  await expect(text).toMatchFileSnapshot(`${folder}/registry-properties.md`);
});

test('the reference page of registry errors is what the table says', async () => {
  const rows = Object.values(registryErrors).map(({ code, retriable, summary, help }) => [
    `\`${code}\``,
    retriable ? 'yes' : 'no',
    summary,
    help,
  ]);
  const text = page(
    '# Schema registry errors',
    'Errors of `@millrace/schema-registry` by their `code`. Those that a registry answers with are `ERR_REGISTRY_REFUSED` and\n' +
      'carry its `errorCode`; they may be tried again when their status is 429 or 500 and more.',
    markdownTable(['code', 'try again', 'meaning', 'what to do'], rows),
  );
  await expect(text).toMatchFileSnapshot(`${folder}/registry-errors.md`);
});
