import { CliError } from '../cli-error.ts';

/** A parser for commander options that take a whole number. @throws CliError naming option and range */
export function wholeNumber(
  option: string,
  range: { min?: number; max?: number } = {},
): (text: string) => number {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
  return (text) => {
    const value = Number(text.replaceAll('_', ''));
    if (!Number.isInteger(value) || value < min || value > max) {
      throw CliError.usage(`${option} is "${text}", but must be a whole number from ${min} to ${max}`);
    }
    return value;
  };
}
