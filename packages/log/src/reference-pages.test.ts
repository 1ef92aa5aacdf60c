import { errorTable, propertyTable, referenceFile, referencePage } from '@millrace/reference-pages';
import { expect, test } from 'vitest';
import { logErrors } from './errors.ts';
import { logProperties } from './log-config.ts';

test('the reference page of topic properties is what the definitions say', async () => {
  const text = referencePage(
    '# Topic properties',
    'Settings of a topic, or of a log that is opened by itself. Names and defaults are those of Apache Kafka.',
    propertyTable(logProperties.definitions),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('topic-properties.md'));
});

test('the reference page of log errors is what the table says', async () => {
  const text = referencePage(
    '# Log errors',
    'Errors of `@millrace/log`. What a batch is refused for is a `KafkaError`, see\n' +
      '[Protocol errors](protocol-errors.md). "Retriable" says that the same call may succeed later.',
    errorTable(logErrors),
  );
  await expect(text).toMatchFileSnapshot(referenceFile('log-errors.md'));
});
