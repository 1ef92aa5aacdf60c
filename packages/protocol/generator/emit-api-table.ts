import { NEVER_FLEXIBLE } from '../src/wire/limits.ts';
import { indent, listInBraces } from './code-lines.ts';
import type { DefinitionFile, MessageDefinition } from './definition.ts';
import { kafkaConstantName } from './kafka-constant-name.ts';

/** The module with every API key and its version ranges, so that headers can be read without loading any message. */
export function emitApiTable(files: readonly DefinitionFile[]): string {
  const apis = files
    .filter((file) => file.api !== undefined)
    .toSorted((a, b) => a.api!.apiKey - b.api!.apiKey);
  const keys = apis.map((file) => `  ${kafkaConstantName(file.api!.name)}: ${file.api!.apiKey},`);
  const rows = apis.flatMap((file) => indent(row(file)));
  return `// Generated from definitions/apis by "npm run generate -w packages/protocol". Do not edit.

import type { ApiDescription } from '../wire/api-description.ts';

/** Every API key of Kafka by its name, the four that Kafka 4.0 removed included. */
export const ApiKey = {
${keys.join('\n')}
} as const;

/** One row per API key, in order: the row of key 18 has index 18. */
export const apiDescriptions: readonly ApiDescription[] = [
${rows.join('\n')}
];
`;
}

function row(file: DefinitionFile): string[] {
  const api = file.api!;
  const request: MessageDefinition | undefined = file.messages.find((message) => message.kind === 'request');
  const fields = [
    `apiKey: ${api.apiKey}`,
    `name: '${api.name}'`,
    `minVersion: ${request?.root.versions.min ?? 0}`,
    `maxVersion: ${request?.root.versions.max ?? -1}`,
    `flexibleFrom: ${request?.flexibleFrom ?? NEVER_FLEXIBLE}`,
    `latestVersionUnstable: ${request?.latestVersionUnstable ?? false}`,
    `listeners: [${api.listeners.map((listener) => `'${listener}'`).join(', ')}]`,
  ];
  return listInBraces('', fields, ',');
}
