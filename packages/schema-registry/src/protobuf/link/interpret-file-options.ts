import type { Origins } from '../descriptor/origins.ts';
import type { ProtoOption } from '../syntax/proto-file.ts';
import { textOfBytes } from '../syntax/string-literal.ts';
import { defaultValueText } from './default-value.ts';
import type { OptionInterpreter } from './interpret-options.ts';
import type { LinkProblems } from './link-problem.ts';
import type { EnumModel, FieldModel, FileModel, MessageModel, OneofModel, ServiceModel } from './model.ts';

/** The options messages of descriptor.proto by their simple names. */
export type OptionsTypes = (name: string) => MessageModel;

/** Something that can have options in a descriptor. */
interface HasOptions {
  options?: Buffer;
}

/** Turns all options of a file that was read from text into bytes. */
export class FileOptionsInterpreter {
  readonly #interpreter: OptionInterpreter;
  readonly #types: OptionsTypes;
  readonly #origins: Origins;
  readonly #problems: LinkProblems;

  constructor(interpreter: OptionInterpreter, types: OptionsTypes, origins: Origins, problems: LinkProblems) {
    this.#interpreter = interpreter;
    this.#types = types;
    this.#origins = origins;
    this.#problems = problems;
  }

  interpretFile(file: FileModel): void {
    // Those of fields first: they say which options are kept in the source only.
    for (const symbol of file.symbols.values()) if (symbol.kind === 'field') this.#field(symbol);
    this.#interpret('FileOptions', file.descriptor, file.package, '');
    for (const message of file.messages) this.#message(message);
    for (const type of file.enums) this.#enum(type);
    for (const service of file.services) this.#service(service);
  }

  #message(message: MessageModel): void {
    const { descriptor, fullName } = message;
    this.#interpret('MessageOptions', descriptor, fullName, fullName);
    for (const range of descriptor.extensionRange)
      this.#interpret('ExtensionRangeOptions', range, fullName, fullName);
    for (const [index, oneof] of message.oneofs.entries())
      this.#oneof(oneof, descriptor.oneofDecl[index] ?? {});
    for (const nested of message.messages) this.#message(nested);
    for (const type of message.enums) this.#enum(type);
  }

  #oneof(oneof: OneofModel, descriptor: HasOptions): void {
    this.#interpret('OneofOptions', descriptor, oneof.parent.fullName, oneof.fullName);
  }

  #enum(type: EnumModel): void {
    this.#interpret('EnumOptions', type.descriptor, type.fullName, type.fullName);
    for (const [index, { fullName }] of type.values.entries()) {
      this.#interpret('EnumValueOptions', type.descriptor.value[index] ?? {}, fullName, fullName);
    }
  }

  #service({ descriptor, fullName, methods }: ServiceModel): void {
    this.#interpret('ServiceOptions', descriptor, fullName, fullName);
    for (const method of methods)
      this.#interpret('MethodOptions', method.descriptor, method.fullName, method.fullName);
  }

  #field(field: FieldModel): void {
    const options = this.#origins.optionsOf(field.descriptor);
    const defaultOption = options.find((option) => isPlain(option, 'default'));
    const jsonName = options.find((option) => isPlain(option, 'json_name'));
    if (defaultOption !== undefined) this.#setDefault(field, defaultOption);
    if (jsonName !== undefined) this.#setJsonName(field, jsonName);
    const others = options.filter((option) => option !== defaultOption && option !== jsonName);
    this.#apply('FieldOptions', field.descriptor, others, field.fullName);
  }

  #setDefault(field: FieldModel, option: ProtoOption): void {
    const problem = (text: string): Error =>
      this.#problems.atOffset(option.at, `Field "${field.name}" ${text}`, field.fullName);
    if (field.file.syntax === 'proto3') throw problem('has a default, which does not exist in proto3');
    field.descriptor.defaultValue = defaultValueText(field, option.value, (text) =>
      this.#problems.atOffset(option.valueAt, `Field "${field.name}" ${text}`, field.fullName),
    );
  }

  #setJsonName(field: FieldModel, option: ProtoOption): void {
    const name = option.value.kind === 'string' ? textOfBytes(option.value.bytes) : undefined;
    if (name === undefined)
      throw this.#problems.atOffset(option.valueAt, 'json_name needs a string', field.fullName);
    if (field.extendee !== undefined) {
      throw this.#problems.atOffset(option.at, 'json_name does not exist for extensions', field.fullName);
    }
    field.descriptor.jsonName = name;
    field.jsonName = name;
  }

  #interpret(type: string, descriptor: HasOptions, scope: string, path: string): void {
    this.#apply(type, descriptor, this.#origins.optionsOf(descriptor), scope, path);
  }

  #apply(
    type: string,
    descriptor: HasOptions,
    options: readonly ProtoOption[],
    scope: string,
    path = scope,
  ): void {
    if (options.length === 0) return;
    const message = this.#interpreter.interpret(options, { type: this.#types(type), scope, path });
    const bytes = message.encode();
    if (bytes.length > 0) descriptor.options = bytes;
  }
}

/** Whether an option has this name and no steps behind it. */
function isPlain({ name: [first, second] }: ProtoOption, name: string): boolean {
  return first?.isExtension === false && first.name === name && second === undefined;
}
