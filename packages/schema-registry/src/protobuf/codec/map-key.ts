import { FieldType } from '../descriptor/descriptor.ts';
import { isLong } from './field-wire.ts';

/** Turns the key of an object, which is text, into what the writer takes for a map key of a type. */
export function mapKeyFromText(type: number): (text: string) => unknown {
  if (type === FieldType.STRING || isLong(type)) return asText;
  return type === FieldType.BOOL ? asBoolean : asNumber;
}

function asText(text: string): string {
  return text;
}

function asBoolean(text: string): unknown {
  return text === 'true' ? true : text === 'false' ? false : text;
}

/** Text that is no number in decimal stays text, which is refused. */
function asNumber(text: string): unknown {
  return String(Number(text)) === text ? Number(text) : text;
}

/** Sets an entry of a map; `__proto__` is a key like others. */
export function setMapEntry(
  map: Record<string, unknown>,
  key: string | number | boolean | bigint,
  value: unknown,
): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    map[String(key)] = value;
  }
}
