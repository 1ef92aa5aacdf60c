/**
 * Whether `value` is a whole multiple of `divisor`, by the decimal digits both are written with: 0.3 is three times 0.1 here,
 * which it is not in binary.
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  const [valueDigits, valueExponent] = decimalParts(value);
  const [divisorDigits, divisorExponent] = decimalParts(divisor);
  if (divisorDigits === 0n) return false;
  const shift = valueExponent - divisorExponent;
  return shift >= 0
    ? (valueDigits * 10n ** BigInt(shift)) % divisorDigits === 0n
    : valueDigits % (divisorDigits * 10n ** BigInt(-shift)) === 0n;
}

/** Digits and the power of ten that they are multiplied with. */
function decimalParts(value: number): readonly [bigint, number] {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const fraction = mantissa.split('.')[1] ?? '';
  return [BigInt(mantissa.replace('.', '')), Number(exponent) - fraction.length];
}
