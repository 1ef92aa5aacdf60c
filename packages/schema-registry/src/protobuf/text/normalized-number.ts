/**
 * A number in decimal without exponent and without zeros at its end. Confluent's registry rounds to three digits behind
 * the point here, which changes what an option means; all digits are kept instead.
 */
export function normalizedNumber(text: string): string {
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.slice(sign.length);
  if (/^0[0-7]+$/.test(digits)) return `${sign}${BigInt(`0o${digits.slice(1)}`)}`;
  if (/^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/.test(digits)) return `${sign}${BigInt(digits)}`;
  const value = Number(digits);
  return Number.isFinite(value) ? `${sign}${plainDecimal(value)}` : text;
}

function plainDecimal(value: number): string {
  const text = String(value);
  const [mantissa = '', exponentText] = text.split('e');
  if (exponentText === undefined) return text;
  const exponent = Number(exponentText);
  const digits = mantissa.replace('.', '');
  if (exponent > 0) return digits.padEnd(exponent + 1, '0');
  return `0.${'0'.repeat(-exponent - 1)}${digits}`;
}
