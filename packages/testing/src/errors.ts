import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. */
export const testingErrors = {
  BROKER_CLOSED: {
    code: 'ERR_TESTING_BROKER_CLOSED',
    retriable: false,
    summary: 'A test broker was used after it was closed.',
    help: 'Look for a promise that the test does not await, or start a broker per test.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** A call on a test broker after `close()`. */
export class TestBrokerClosedError extends MillraceError {
  constructor(call: string) {
    super(
      testingErrors.BROKER_CLOSED,
      `${call}() was called on a test broker that is closed; await it before close()`,
    );
  }
}
