import { indent, listInBraces } from './code-lines.ts';
import type { DefinitionFile } from './definition.ts';

/** The module that imports every message: for tools and tests, too heavy for a client or a broker. */
export function emitAllMessages(files: readonly DefinitionFile[]): string {
  const used = files.filter((file) => file.messages.length > 0);
  const imports = used.flatMap((file) => {
    const names = file.messages.map((message) => message.name).toSorted();
    return listInBraces('import ', names, ` from './messages/${file.name}.ts';`);
  });
  const apis = used
    .filter((file) => file.api !== undefined)
    .toSorted((a, b) => a.api!.apiKey - b.api!.apiKey)
    .flatMap(({ api }) => {
      const pair = [`request: ${api!.name}Request`, `response: ${api!.name}Response`];
      return indent(listInBraces(`[${api!.apiKey}, `, pair, '],'));
    });
  const structures = used
    .filter((file) => file.api === undefined)
    .flatMap((file) => file.messages.map((message) => `  ${message.name},`));
  return `// Generated from definitions by "npm run generate -w packages/protocol". Do not edit.

/**
 * Every message of Kafka in one place, for tools and tests. Loads about two megabytes of code; programs import the
 * messages they use from \`@millrace/protocol/messages/*\`.
 *
 * @packageDocumentation
 */

${imports.join('\n')}
import type { AnyMessageCodec } from '../wire/message-codec.ts';

/** The two messages of an API. */
export interface ApiMessages {
  readonly request: AnyMessageCodec;
  readonly response: AnyMessageCodec;
}

/** Request and response by API key. The keys 4 to 7, removed in Kafka 4.0, are absent. */
export const apiMessages: ReadonlyMap<number, ApiMessages> = new Map<number, ApiMessages>([
${apis.join('\n')}
]);

/** Everything that is not an API: headers, records of internal topics, embedded structures. */
export const structureMessages: readonly AnyMessageCodec[] = [
${structures.join('\n')}
];
`;
}
