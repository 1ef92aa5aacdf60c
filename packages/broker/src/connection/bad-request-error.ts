import { MillraceError } from '@millrace/protocol';
import { brokerErrors } from '../errors.ts';

/** A peer sent what Kafka answers by closing the connection. Never leaves the broker; it is logged once. */
export class BadRequestError extends MillraceError {
  constructor(problem: string) {
    super(brokerErrors.BAD_REQUEST, problem);
  }
}
