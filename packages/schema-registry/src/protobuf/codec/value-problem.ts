import { UnfitValue } from '../../codec/record-slab.ts';
import { FieldType } from '../descriptor/descriptor.ts';
import { isMapField, type FieldModel, type MessageModel } from '../link/model.ts';
import { propertyName, type ProtobufCodecSettings } from './codec-options.ts';
import { isLong, mapFields, wireMethod } from './field-wire.ts';
import { mapKeyFromText } from './map-key.ts';
import { WireWriter } from './wire-writer.ts';

/** What does not fit in a value, and where. */
export interface ValueProblem {
  readonly problem: string;
  /** A JSON pointer. */
  readonly path: string;
}

/** Values inside each other deeper than this are taken for values that contain themselves. */
const MAX_DEPTH = 1000;

/** The first thing in a value that keeps it from being written as a message; undefined when nothing does. */
export function valueProblem(
  message: MessageModel,
  value: unknown,
  settings: ProtobufCodecSettings,
): ValueProblem | undefined {
  return new ProblemFinder(settings).inMessage(message, value, '');
}

class ProblemFinder {
  readonly #settings: ProtobufCodecSettings;
  #depth = 0;

  constructor(settings: ProtobufCodecSettings) {
    this.#settings = settings;
  }

  inMessage(message: MessageModel, value: unknown, path: string): ValueProblem | undefined {
    if (typeof value !== 'object' || value === null)
      return { problem: `${shown(value)} is no object for ${message.fullName}`, path };
    if (this.#depth >= MAX_DEPTH) return { problem: 'The value contains itself, or nests too deep', path };
    const found = this.#severalOfOneof(message, value, path);
    if (found !== undefined) return found;
    this.#depth += 1;
    for (const field of message.fields) {
      const problem = this.#inField(field, ownValue(value, propertyName(field, this.#settings)), path);
      if (problem !== undefined) return problem;
    }
    this.#depth -= 1;
    return undefined;
  }

  #severalOfOneof({ oneofs }: MessageModel, value: object, path: string): ValueProblem | undefined {
    for (const { name, fields } of oneofs) {
      const set = fields
        .map((field) => propertyName(field, this.#settings))
        .filter((key) => ownValue(value, key) != null);
      if (set.length > 1)
        return {
          problem: `Only one of ${set.map(shown).join(', ')} may be set, they are the oneof "${name}"`,
          path,
        };
    }
    return undefined;
  }

  #inField(field: FieldModel, value: unknown, parent: string): ValueProblem | undefined {
    const path = `${parent}/${pointerStep(propertyName(field, this.#settings))}`;
    if (value === undefined || value === null) {
      return field.isRequired ? { problem: 'The required field is missing', path } : undefined;
    }
    if (isMapField(field)) return this.#inMap(field, value, path);
    if (!field.isRepeated) return this.#inValue(field, value, path);
    if (!Array.isArray(value)) return { problem: `${shown(value)} is no array`, path };
    return firstOf(value, (item, index) => this.#inValue(field, item, `${path}/${index}`));
  }

  #inMap(field: FieldModel, map: unknown, path: string): ValueProblem | undefined {
    const { key: keyField, value: valueField } = mapFields(field);
    if (typeof map !== 'object' || map === null)
      return { problem: `${shown(map)} is no object or Map`, path };
    const fromText = mapKeyFromText(keyField.type);
    const entries =
      map instanceof Map
        ? [...map]
        : Object.entries(map).map(([key, value]) => [fromText(key), value] as const);
    return firstOf(entries, ([key, value]) => {
      const entryPath = `${path}/${pointerStep(String(key))}`;
      return this.#inScalar(keyField, key, entryPath) ?? this.#inValue(valueField, value, entryPath);
    });
  }

  #inValue(field: FieldModel, value: unknown, path: string): ValueProblem | undefined {
    if (field.message !== undefined) return this.inMessage(field.message, value, path);
    if (field.enumType === undefined) return this.#inScalar(field, value, path);
    const isKnown =
      typeof value === 'number' ? isInt32(value) : field.enumType.values.some(({ name }) => name === value);
    return isKnown
      ? undefined
      : { problem: `${shown(value)} is no value of the enum ${field.enumType.fullName}`, path };
  }

  #inScalar({ type }: FieldModel, value: unknown, path: string): ValueProblem | undefined {
    try {
      const writer = new WireWriter();
      const method = wireMethod(type) as 'int32';
      writer[method](0, value);
      return undefined;
    } catch (cause) {
      if (!(cause instanceof UnfitValue)) throw cause;
      return { problem: `${shown(value)} is no ${expectation(type)}`, path };
    }
  }
}

function firstOf<T>(
  items: readonly T[],
  check: (item: T, index: number) => ValueProblem | undefined,
): ValueProblem | undefined {
  for (const [index, item] of items.entries()) {
    const problem = check(item, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function ownValue(object: object, key: string): unknown {
  if (key in Object.prototype && !Object.hasOwn(object, key)) return undefined;
  return (object as Record<string, unknown>)[key];
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

function expectation(type: number): string {
  const name = wireMethod(type);
  if (isLong(type)) return `${name} (a number up to 2^53, a bigint or decimal text)`;
  return type === FieldType.BYTES ? 'bytes (a Buffer or Uint8Array)' : name;
}

/** A value for people, without what it holds where that may be secret or long. */
function shown(value: unknown): string {
  if (typeof value === 'string')
    return value.length <= 40 ? JSON.stringify(value) : `A text of ${value.length} characters`;
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? 'An array' : 'An object';
}

function pointerStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
