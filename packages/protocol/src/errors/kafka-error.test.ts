import { describe, expect, test } from 'vitest';
import { ErrorCode, errorRows } from '../generated/error-table.ts';
import { isRetriableErrorCode, KafkaError, kafkaErrorName } from './kafka-error.ts';
import { MillraceError } from './millrace-error.ts';

describe('an error of the wire', () => {
  test('has the name, the number and the retriable flag of its code', () => {
    const error = new KafkaError('NOT_LEADER_OR_FOLLOWER', 'orders-3 moved to broker 2');
    expect(error).toMatchObject({
      code: 'NOT_LEADER_OR_FOLLOWER',
      errorCode: 6,
      retriable: true,
      name: 'KafkaError',
    });
    expect(error.message).toBe('orders-3 moved to broker 2');
    expect(error).toBeInstanceOf(MillraceError);
    expect(error).toBeInstanceOf(KafkaError);
  });

  test('says what its code means when nobody said more', () => {
    expect(new KafkaError('ILLEGAL_GENERATION').message).toMatchInlineSnapshot(
      `"ILLEGAL_GENERATION (22): The generation of the group member is not the current one."`,
    );
  });

  test('keeps its cause', () => {
    const cause = new Error('disk');
    expect(new KafkaError('KAFKA_STORAGE_ERROR', undefined, { cause }).cause).toBe(cause);
  });

  test('is made from the number that came over the wire', () => {
    expect(KafkaError.fromCode(36)).toMatchObject({ code: 'TOPIC_ALREADY_EXISTS', errorCode: 36 });
    expect(KafkaError.fromCode(42, 'no such thing').message).toBe('no such thing');
    expect(KafkaError.fromCode(42, null).message).toContain('INVALID_REQUEST (42)');
  });

  test('of a code newer than this library is an unknown error that names the number', () => {
    expect(KafkaError.fromCode(9999, 'from the future')).toMatchObject({
      code: 'UNKNOWN_SERVER_ERROR',
      errorCode: -1,
      message: 'Error code 9999 is not known to this version: from the future',
    });
    expect(kafkaErrorName(9999)).toBe('UNKNOWN_SERVER_ERROR');
    expect(isRetriableErrorCode(-2)).toBe(false);
  });
});

test('every code has a name, a number and a meaning', () => {
  for (const [name, errorCode] of Object.entries(ErrorCode)) {
    expect(kafkaErrorName(errorCode)).toBe(name);
    expect(new KafkaError(kafkaErrorName(errorCode)).errorCode).toBe(errorCode);
  }
  for (const row of errorRows) expect(row.summary, row.name).toMatch(/^[A-Z].+\.$/);
});
