import type { Random } from '@millrace/host';

/**
 * A random id as text: version 4, so none of Kafka's reserved ids 0 to 99, and without `-`, which would upset command
 * lines.
 */
export function randomUuid(random: Random): string {
  for (;;) {
    const bytes = random.bytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const text = bytes.toString('base64url');
    if (!text.includes('-')) return text;
  }
}
