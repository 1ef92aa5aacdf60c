import { KafkaError } from '@millrace/protocol';

/** Runs one item of a request; what it refuses is its answer and concerns no other item. */
export function attempt(step: () => void): KafkaError | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof KafkaError) return error;
    throw error;
  }
}
