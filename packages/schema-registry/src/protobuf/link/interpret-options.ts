import type { InvalidSchemaError } from '../../errors.ts';
import { FieldType } from '../descriptor/descriptor.ts';
import { bytesOfText } from '../syntax/string-literal.ts';
import type { ProtoOption, ProtoOptionStep, ProtoValue, ProtoValueField } from '../syntax/proto-file.ts';
import { printName } from '../text/print-option.ts';
import { fieldByName } from './field-by-name.ts';
import type { LinkProblems } from './link-problem.ts';
import type { FieldModel, MessageModel } from './model.ts';
import { OptionMessage, type OptionContent } from './option-message.ts';
import { optionScalar } from './option-scalar.ts';
import type { Scope } from './scope.ts';

/** Where options are interpreted. */
export interface OptionsPlace {
  /** `google.protobuf.FieldOptions` and so on. */
  readonly type: MessageModel;
  /** The full name that names of extensions are resolved from. */
  readonly scope: string;
  /** The full name for errors. */
  readonly path: string;
}

/** Turns options as they are written into the message they mean. */
export class OptionInterpreter {
  readonly #scope: Scope;
  readonly #problems: LinkProblems;
  /** Skip options whose extension is not known, because the file that declares it may be the one that is missing. */
  readonly #skipUnknown: boolean;

  constructor(scope: Scope, problems: LinkProblems, skipUnknown: boolean) {
    this.#scope = scope;
    this.#problems = problems;
    this.#skipUnknown = skipUnknown;
  }

  interpret(options: readonly ProtoOption[], place: OptionsPlace): OptionMessage {
    const message = new OptionMessage(place.type);
    for (const option of options) {
      if (!this.#isSkipped(option, place)) this.#apply(message, option, place);
    }
    return message;
  }

  #isSkipped({ name }: ProtoOption, { scope }: OptionsPlace): boolean {
    if (!this.#skipUnknown) return false;
    return name.some((step) => step.isExtension && this.#extension(step.name, scope) === undefined);
  }

  #apply(root: OptionMessage, option: ProtoOption, place: OptionsPlace): void {
    let message = root;
    const last = option.name.length - 1;
    for (const [index, step] of option.name.entries()) {
      const field = this.#field(message.type, step, option, place);
      if (index === last) this.#set(message, field, option, place);
      else message = this.#descend(message, field, option, place);
    }
  }

  #descend(
    message: OptionMessage,
    field: FieldModel,
    option: ProtoOption,
    place: OptionsPlace,
  ): OptionMessage {
    if (field.message === undefined)
      throw this.#problem(option, place, `"${field.name}" in it is no message`);
    if (field.isRepeated) {
      throw this.#problem(option, place, `"${field.name}" in it is repeated, so its fields need braces`);
    }
    return message.childOf(field, field.message);
  }

  #field(type: MessageModel, step: ProtoOptionStep, option: ProtoOption, place: OptionsPlace): FieldModel {
    if (!step.isExtension) {
      const field = fieldByName(type, step.name);
      if (field === undefined || step.name === 'uninterpreted_option') {
        throw this.#problem(option, place, `is unknown: ${type.fullName} has no field "${step.name}"`);
      }
      return field;
    }
    const field = this.#extension(step.name, place.scope);
    if (field === undefined) {
      throw this.#problem(option, place, 'is unknown: no file that is imported declares this extension');
    }
    if (field.extendee?.fullName !== type.fullName) {
      throw this.#problem(option, place, `extends ${field.extendee?.fullName}, not ${type.fullName}`);
    }
    return field;
  }

  #extension(name: string, scope: string): FieldModel | undefined {
    const { symbol } = this.#scope.resolve(name, scope, ({ kind }) => kind === 'field');
    return symbol?.kind === 'field' && symbol.extendee !== undefined ? symbol : undefined;
  }

  #set(message: OptionMessage, field: FieldModel, option: ProtoOption, place: OptionsPlace): void {
    if (!field.isRepeated && message.valuesOf(field).length > 0)
      throw this.#problem(option, place, 'is set twice');
    if (field.oneof !== undefined && !field.oneof.isSynthetic)
      this.#checkOneof(message, field, option, place);
    const { value } = option;
    const isList = value.kind === 'list';
    if (isList && !field.isRepeated)
      throw this.#problem(option, place, 'is not repeated, so it takes no list');
    for (const item of isList ? value.values : [value])
      message.add(field, this.#content(field, item, option, place));
  }

  #checkOneof(message: OptionMessage, field: FieldModel, option: ProtoOption, place: OptionsPlace): void {
    const other = field.oneof?.fields.find(
      (member) => member !== field && message.valuesOf(member).length > 0,
    );
    if (other === undefined) return;
    throw this.#problem(option, place, `sets "${field.name}", but "${other.name}" of the same oneof is set`);
  }

  #content(field: FieldModel, value: ProtoValue, option: ProtoOption, place: OptionsPlace): OptionContent {
    if (field.message !== undefined) {
      if (value.kind === 'aggregate') return this.#aggregate(field.message, value.fields, option, place);
      throw this.#problem(option, place, `needs a message in braces for "${field.name}"`);
    }
    const result = optionScalar(field, value);
    if ('problem' in result) throw this.#problem(option, place, result.problem);
    return result.value;
  }

  #aggregate(
    type: MessageModel,
    fields: readonly ProtoValueField[],
    option: ProtoOption,
    place: OptionsPlace,
  ): OptionMessage {
    const message = new OptionMessage(type);
    for (const entry of fields) {
      if (entry.isExtension && entry.name.includes('/')) {
        this.#expandAny(message, entry, option, place);
        continue;
      }
      const field = this.#valueField(type, entry, option, place);
      this.#set(message, field, { ...option, at: entry.at, value: relaxed(field, entry.value) }, place);
    }
    return message;
  }

  #valueField(
    type: MessageModel,
    entry: ProtoValueField,
    option: ProtoOption,
    place: OptionsPlace,
  ): FieldModel {
    const { name, isExtension } = entry;
    if (isExtension) return this.#field(type, { name, isExtension }, option, place);
    const field = fieldByName(type, name);
    if (field !== undefined) return field;
    throw this.#problem({ ...option, at: entry.at }, place, `has no field "${name}" in ${type.fullName}`);
  }

  /** `[type.googleapis.com/my.Message] { … }` within a `google.protobuf.Any`. */
  #expandAny(message: OptionMessage, entry: ProtoValueField, option: ProtoOption, place: OptionsPlace): void {
    const name = entry.name.slice(entry.name.lastIndexOf('/') + 1);
    const symbol = this.#scope.find(name);
    const [typeUrl, bytes] = message.type.fields;
    if (
      symbol?.kind !== 'message' ||
      entry.value.kind !== 'aggregate' ||
      typeUrl === undefined ||
      bytes === undefined
    ) {
      throw this.#problem(option, place, `has no message "${name}" to put into ${message.type.fullName}`);
    }
    const content = this.#aggregate(symbol, entry.value.fields, option, place);
    message.add(typeUrl, bytesOfText(entry.name));
    message.add(bytes, content.encode().toString('latin1'));
  }

  #problem(option: ProtoOption, { path }: OptionsPlace, problem: string): InvalidSchemaError {
    return this.#problems.atOffset(option.at, `Option "${printName(option.name)}" ${problem}`, path);
  }
}

/** Within braces the text format takes more spellings of bools and enums than behind `=`. */
function relaxed(field: FieldModel, value: ProtoValue): ProtoValue {
  if (value.kind === 'list')
    return { kind: 'list', values: value.values.map((item) => relaxed(field, item)) };
  const text = value.kind === 'identifier' || value.kind === 'number' ? value.text : undefined;
  if (field.type === FieldType.BOOL && text !== undefined) {
    if (['t', 'True', '1'].includes(text)) return { kind: 'identifier', text: 'true' };
    if (['f', 'False', '0'].includes(text)) return { kind: 'identifier', text: 'false' };
  }
  const named = field.enumType?.values.find(
    ({ number }) => value.kind === 'number' && String(number) === text,
  );
  return named === undefined ? value : { kind: 'identifier', text: named.name };
}
