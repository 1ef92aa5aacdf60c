import { KafkaError } from '@millrace/protocol';

/** As long as a UUID that people can read. */
const MAX_LENGTH = 36;

/** Members choose their ids, and without one nobody could hold a record. @throws KafkaError INVALID_REQUEST */
export function requireMemberId(memberId: string | null): void {
  if (memberId === null || memberId === '' || memberId.length > MAX_LENGTH)
    throw new KafkaError('INVALID_REQUEST', 'Invalid member id in the request.');
}
