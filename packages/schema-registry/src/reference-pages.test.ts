import {
  errorTable,
  markdownTable,
  propertyTable,
  referenceFile,
  referencePage,
} from '@millrace/reference-pages';
import { expect, test } from 'vitest';
import { registryClientProperties } from './client/registry-client-properties.ts';
import { registryErrors } from './errors.ts';
import { serdeProperties } from './serde/serde-properties.ts';
import { restErrorCodes } from './registry/rest-error.ts';
import { endpointGroups } from './server/endpoints/all-endpoints.ts';
import { registryProperties } from './server/registry-properties.ts';

test('the reference page of registry properties is what the definitions say', async () => {
  const text = referencePage(
    '# Schema registry properties',
    'Names and defaults are those of Confluent. Unknown names are warned about and ignored.',
    '## Client',
    'What `SchemaRegistryClient` takes as its first argument.',
    propertyTable(registryClientProperties.definitions),
    '## Serdes',
    'What `avro()`, `protobuf()` and `json()` take as `properties`.',
    propertyTable(serdeProperties.definitions),
    '## Server',
    'What `startSchemaRegistry()` takes as its first argument.',
    propertyTable(registryProperties.definitions),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('registry-properties.md'));
});

test('the reference page of registry errors is what the table says', async () => {
  const text = referencePage(
    '# Schema registry errors',
    'Errors of `@millrace/schema-registry` by their `code`. Those that a registry answers with are `ERR_REGISTRY_REFUSED` and\n' +
      'carry its `errorCode`; they may be tried again when their status is 429 or 500 and more.',
    errorTable(registryErrors, 'try again'),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('registry-errors.md'));
});

test('the reference page of the REST API is what the table of endpoints says', async () => {
  const groups = endpointGroups.flatMap(({ title, endpoints }) => {
    const rows = endpoints.map(({ method, path, summary, query = [], body, answer, errors }) => [
      `\`${method} ${path}\``,
      summary,
      query.map(({ name }) => `\`${name}\``).join(', '),
      body ?? '',
      answer,
      [...new Set(errors.map((name) => restErrorCodes[name].errorCode))].join(', '),
    ]);
    return [
      `## ${title}`,
      markdownTable(['request', 'what it does', 'query', 'body', 'answer', 'errors'], rows),
    ];
  });
  const codes = Object.values(restErrorCodes).map(({ errorCode, summary }) => [String(errorCode), summary]);
  const text = referencePage(
    '# REST API of the schema registry',
    "Confluent's API, as this server answers it. Each address may have `/contexts/{context}` in front. The server describes\n" +
      'itself at `/openapi.json`, and at `/openapi` as a page.',
    ...groups,
    '## Error codes',
    'An error is `{"error_code": ..., "message": ...}`; the HTTP status is the first three digits of the code.',
    markdownTable(['code', 'meaning'], codes),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('registry-rest-api.md'));
});
