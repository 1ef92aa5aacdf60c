import { FieldLabel, type NumberRange } from '../descriptor/descriptor.ts';
import { isMapKeyType } from '../syntax/parse-field.ts';
import { MAX_FIELD_NUMBER } from '../syntax/proto-file.ts';
import { scalarTypeName } from '../descriptor/descriptor.ts';
import { isPackable } from './complete-fields.ts';
import { optionNumber } from './features.ts';
import type { LinkProblems } from './link-problem.ts';
import { isMapField, type EnumModel, type FieldModel, type FileModel, type MessageModel } from './model.ts';
import { RangeIndex } from './range-index.ts';
import { validateEnumRanges, validateRanges } from './validate-ranges.ts';

/** `FieldOptions.packed` and `EnumOptions.allow_alias`. */
const PACKED = 2;
const ALLOW_ALIAS = 2;

/** Numbers that the Protobuf implementation keeps for itself. */
const FIRST_RESERVED = 19_000;
const LAST_RESERVED = 19_999;

/**
 * Checks the rules of the language that the grammar does not express.
 *
 * @throws InvalidSchemaError at the first that is broken
 */
export function validateFile(file: FileModel, problems: LinkProblems): void {
  const validator = new Validator(file, problems);
  for (const type of file.enums) validator.enum(type);
  for (const message of file.messages) validator.message(message);
  for (const extension of file.extensions) validator.field(extension);
}

class Validator {
  readonly #file: FileModel;
  readonly #problems: LinkProblems;

  constructor(file: FileModel, problems: LinkProblems) {
    this.#file = file;
    this.#problems = problems;
  }

  message(message: MessageModel): void {
    for (const type of message.enums) this.enum(type);
    for (const nested of message.messages) this.message(nested);
    validateRanges(message, this.#problems);
    this.#numbers(message);
    this.#jsonNames(message);
    for (const field of [...message.fields, ...message.extensions]) this.field(field);
    for (const [index, oneof] of message.oneofs.entries()) {
      const descriptor = message.descriptor.oneofDecl[index] ?? {};
      if (oneof.fields.length === 0)
        throw this.#problems.at(descriptor, `Oneof "${oneof.name}" has no fields`, oneof.fullName);
    }
    if (this.#file.syntax === 'proto3' && message.descriptor.extensionRange[0] !== undefined) {
      const [range] = message.descriptor.extensionRange;
      throw this.#problems.at(range, 'Extension ranges do not exist in proto3', message.fullName);
    }
  }

  field(field: FieldModel): void {
    this.#number(field);
    if (field.extendee !== undefined) this.#extension(field, field.extendee);
    if (field.message?.isMapEntry === true) this.#map(field, field.message);
    if (this.#file.syntax === 'proto3') this.#proto3(field);
    if (
      optionNumber(field.descriptor.options, PACKED) === 1 &&
      !(field.isRepeated && isPackable(field.type))
    ) {
      throw this.#problem(field, 'is packed, which only repeated numbers, bools and enums can be');
    }
  }

  enum(type: EnumModel): void {
    const [first] = type.values;
    if (first === undefined)
      throw this.#problems.at(type.descriptor, `Enum "${type.name}" has no values`, type.fullName);
    if (!type.isClosed && first.number !== 0) {
      const [descriptor = {}] = type.descriptor.value;
      throw this.#problems.at(
        descriptor,
        `The first value of the open enum "${type.name}" must be 0`,
        type.fullName,
      );
    }
    this.#aliases(type);
    validateEnumRanges(type, this.#problems);
  }

  #aliases(type: EnumModel): void {
    if (optionNumber(type.descriptor.options, ALLOW_ALIAS) === 1) return;
    const byNumber = new Map<number, string>();
    for (const [index, { name, number, fullName }] of type.values.entries()) {
      const other = byNumber.get(number);
      if (other !== undefined) {
        const descriptor = type.descriptor.value[index] ?? {};
        const wayOut = 'set "option allow_alias = true;" if that is meant';
        throw this.#problems.at(
          descriptor,
          `"${name}" has the number ${number} of "${other}": ${wayOut}`,
          fullName,
        );
      }
      byNumber.set(number, name);
    }
  }

  #number(field: FieldModel): void {
    const { number } = field;
    if (number < 1 || number > MAX_FIELD_NUMBER) {
      throw this.#problem(field, `has the number ${number}, but numbers go from 1 to ${MAX_FIELD_NUMBER}`);
    }
    if (number >= FIRST_RESERVED && number <= LAST_RESERVED) {
      throw this.#problem(
        field,
        `has the number ${number}; ${FIRST_RESERVED} to ${LAST_RESERVED} belong to Protobuf itself`,
      );
    }
  }

  #numbers(message: MessageModel): void {
    const byNumber = new Map<number, FieldModel>();
    for (const field of message.fields) {
      const other = byNumber.get(field.number);
      if (other !== undefined)
        throw this.#problem(field, `has the number ${field.number} of "${other.name}"`);
      byNumber.set(field.number, field);
    }
  }

  #jsonNames(message: MessageModel): void {
    if (message.features.jsonFormat !== 'ALLOW') return;
    const byJsonName = new Map<string, FieldModel>();
    for (const field of message.fields) {
      const other = byJsonName.get(field.jsonName);
      if (other !== undefined)
        throw this.#problem(field, `has the JSON name "${field.jsonName}" of "${other.name}"`);
      byJsonName.set(field.jsonName, field);
    }
  }

  #extension(field: FieldModel, extendee: MessageModel): void {
    if (extensionRangesOf(extendee).find(field.number) === undefined) {
      throw this.#problem(
        field,
        `has the number ${field.number}, which is in no extension range of ${extendee.fullName}`,
      );
    }
    if (field.isRequired) throw this.#problem(field, 'is required, which an extension cannot be');
    if (isMapField(field)) throw this.#problem(field, 'is a map, which an extension cannot be');
  }

  #map(field: FieldModel, entry: MessageModel): void {
    const key = entry.fields.find(({ number }) => number === 1);
    const value = entry.fields.find(({ number }) => number === 2);
    if (key === undefined || value === undefined || entry.fields.length !== 2 || !field.isRepeated) {
      throw this.#problem(field, `is of ${entry.fullName}, which is no map entry of a key 1 and a value 2`);
    }
    const keyType = scalarTypeName(key.type);
    if (keyType === undefined || !isMapKeyType(keyType)) {
      throw this.#problem(
        field,
        `is a map whose keys are ${keyType ?? 'messages or enums'}, which keys cannot be`,
      );
    }
  }

  #proto3(field: FieldModel): void {
    if (field.descriptor.label === FieldLabel.REQUIRED)
      throw this.#problem(field, 'is required, which does not exist in proto3');
    if (field.enumType?.isClosed === true) {
      throw this.#problem(field, `is of the closed enum ${field.enumType.fullName}, which proto3 cannot use`);
    }
    const isOption = /^google\.protobuf\.[A-Za-z]+Options$/.test(field.extendee?.fullName ?? '');
    if (field.extendee !== undefined && !isOption) {
      throw this.#problem(
        field,
        `extends ${field.extendee.fullName}; in proto3 only options can be extended`,
      );
    }
  }

  #problem(field: FieldModel, problem: string): Error {
    return this.#problems.at(field.descriptor, `Field "${field.name}" ${problem}`, field.fullName);
  }
}

const extensionRanges = new WeakMap<MessageModel, RangeIndex<NumberRange>>();

function extensionRangesOf(message: MessageModel): RangeIndex<NumberRange> {
  const index =
    extensionRanges.get(message) ?? new RangeIndex<NumberRange>(message.descriptor.extensionRange, 1);
  extensionRanges.set(message, index);
  return index;
}
