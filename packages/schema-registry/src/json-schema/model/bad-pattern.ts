import { InvalidSchemaError } from '../../errors.ts';
import { compilePattern } from '../validation/pattern-engine.ts';

/** Refuses a text that is no regular expression. */
export function refuseBadPattern(pattern: string, pointer: string): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    const problem = `${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}`;
    throw new InvalidSchemaError(problem, { path: pointer }, { cause: error });
  }
}
