import type { TestEvent } from 'node:test/reporters';

/** A reporter for `node --test`: a line of JSON per test, not counting files and groups. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    const isSkipped = data.skip !== undefined || data.todo !== undefined;
    const status = isSkipped ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    const detail =
      type === 'test:fail' ? { detail: String(data.details.error?.cause ?? data.details.error) } : {};
    yield `${JSON.stringify({ name: data.name, status, ...detail })}\n`;
  }
}
