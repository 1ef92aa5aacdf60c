/**
 * A JSON number as the Java registry prints it: whole numbers as they are, others as `BigDecimal` does, which keeps every
 * digit that was written (`0.50` stays `0.50`, `1e2` becomes `1E+2`).
 */
export function decimalText(lexeme: string): string {
  if (!/[.eE]/.test(lexeme)) return lexeme === '-0' ? '0' : lexeme;
  const { isNegative, digits, scale } = decimalOf(lexeme);
  return (isNegative && !/^0+$/.test(digits) ? '-' : '') + unsignedText(digits, scale);
}

/** digits x 10^-scale. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly scale: number;
}

function decimalOf(lexeme: string): Decimal {
  const isNegative = lexeme.startsWith('-');
  const [mantissa = '', exponent = '0'] = (isNegative ? lexeme.slice(1) : lexeme).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+(?=[0-9])/, '');
  return { isNegative, digits, scale: fraction.length - Number(exponent) };
}

function unsignedText(digits: string, scale: number): string {
  const exponent = digits.length - 1 - scale;
  if (scale === 0) return digits;
  if (scale > 0 && exponent >= -6) {
    const padded = digits.padStart(scale + 1, '0');
    return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  if (exponent === 0) return mantissa;
  return `${mantissa}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
