/** @throws Error naming the option where its value is no number above 0: a bench would have no end, or no result */
export function positiveOption(name: string, value: string): number {
  const number = Number(value);
  if (number > 0) return number;
  throw new Error(`--${name} is ${value}, which is no number above 0`);
}
