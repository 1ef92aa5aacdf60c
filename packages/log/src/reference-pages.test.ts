import type { PropertyDefinition } from '@millrace/config';
import { expect, test } from 'vitest';
import { logErrors } from './errors.ts';
import { logProperties } from './log-config.ts';
import { markdownTable } from './testing/markdown-table.ts';

/** Pages that are what the code says. `vitest run -u` writes them anew. */
const folder = '../../../docs/reference';

function page(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

test('the reference page of topic properties is what the definitions say', async () => {
  const definitions: Readonly<Record<string, PropertyDefinition<unknown>>> = logProperties.definitions;
  const rows = Object.entries(definitions).map(([name, definition]) => [
    `\`${name}\``,
    definition.type,
    `\`${definition.format(definition.default)}\``,
    definition.range ?? '',
    definition.doc,
  ]);
  const text = page(
    '# Topic properties',
    'Settings of a topic, or of a log that is opened by itself. Names and defaults are those of Apache Kafka.',
    markdownTable(['property', 'type', 'default', 'range', 'meaning'], rows),
  );
  await expect(text).toMatchFileSnapshot(`${folder}/topic-properties.md`);
});

test('the reference page of log errors is what the table says', async () => {
  const rows = Object.values(logErrors).map(({ code, retriable, summary, help }) => [
    `\`${code}\``,
    retriable ? 'yes' : 'no',
    summary,
    help,
  ]);
  const text = page(
    '# Log errors',
    'Errors of `@millrace/log`. What a batch is refused for is a `KafkaError`, see\n' +
      '[Protocol errors](protocol-errors.md). "Retriable" says that the same call may succeed later.',
    markdownTable(['code', 'retriable', 'meaning', 'what to do'], rows),
  );
  await expect(text).toMatchFileSnapshot(`${folder}/log-errors.md`);
});
