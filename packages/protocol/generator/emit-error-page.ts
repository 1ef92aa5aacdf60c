import { markdownTable } from '@millrace/reference-pages';
import type { ErrorEntry } from '../src/errors/millrace-error.ts';
import { parseErrorTable } from './emit-error-table.ts';

/** The reference page of every error that the package throws or names, from its two tables. */
export function emitErrorPage(codecErrors: readonly ErrorEntry[], wireErrors: string): string {
  const codecRows = codecErrors.map((entry) => [`\`${entry.code}\``, entry.summary, entry.help]);
  const wireRows = parseErrorTable(wireErrors).map((error) => [
    String(error.errorCode),
    `\`${error.name}\``,
    error.retriable ? 'yes' : '',
    error.summary,
  ]);
  return `# Protocol errors

Every error of \`@millrace/protocol\`. Generated from its tables by \`npm run generate -w packages/protocol\`.

## Errors of the codec

Bytes that cannot be read are a \`DecodeError\`, values that cannot be written an \`EncodeError\`, versions outside of the
range an \`UnsupportedVersionError\`. None of them is worth a retry: the same bytes fail again.

${markdownTable(['code', 'meaning', 'what to do'], codecRows)}

## Errors of the wire

What a broker answers. A \`KafkaError\` has the name as its \`code\` and the number as its \`errorCode\`. "Retriable" says that
the same request may succeed later without a change, perhaps after new metadata.

${markdownTable(['number', 'code', 'retriable', 'meaning'], wireRows)}
`;
}
