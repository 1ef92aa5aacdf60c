import { failureHeaders, type ConsumerRecord } from '@millrace/client';

/** What `millrace dlq replay` may choose by. */
export interface DeadLetterFilterOptions {
  readonly exception?: string;
  readonly message?: string;
  readonly header?: Readonly<Record<string, string>>;
}

/** All of them have to match; undefined when there is nothing to match. */
export function deadLetterFilter({
  exception,
  message,
  header = {},
}: DeadLetterFilterOptions): ((record: ConsumerRecord) => boolean) | undefined {
  const wanted = Object.entries(header);
  if (exception === undefined && message === undefined && wanted.length === 0) return undefined;
  return (record) =>
    (exception === undefined || last(record, failureHeaders.exception) === exception) &&
    (message === undefined || (last(record, failureHeaders.message) ?? '').includes(message)) &&
    wanted.every(([key, value]) =>
      record.headers.some((found) => found.key === key && found.value?.toString() === value),
    );
}

function last({ headers }: ConsumerRecord, key: string): string | undefined {
  return headers.findLast((header) => header.key === key)?.value?.toString();
}
