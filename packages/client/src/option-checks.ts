import { nearestName } from '@millrace/config';
import { InvalidOptionError } from './errors.ts';

/** @throws InvalidOptionError naming the nearest option there is */
export function checkOptionNames(call: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? `there are ${known.join(', ')}` : `did you mean "${nearest}"?`;
    throw new InvalidOptionError(call, name, `does not exist; ${hint}`);
  }
}

/** @throws InvalidOptionError */
export function checkNumber(call: string, option: string, value: number, min: number): number {
  if (Number.isInteger(value) && value >= min) return value;
  throw new InvalidOptionError(
    call,
    option,
    `is ${String(value)}, but must be a whole number from ${min} on`,
  );
}
