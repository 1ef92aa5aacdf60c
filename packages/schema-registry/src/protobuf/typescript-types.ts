import {
  documentationText,
  inParentheses,
  propertyName,
  typeName,
  unionText,
} from '../json-schema/types/typescript-text.ts';
import {
  codecSettings,
  propertyName as fieldPropertyName,
  type ProtobufCodecOptions,
  type ProtobufCodecSettings,
} from './codec/codec-options.ts';
import { isLong, mapFields } from './codec/field-wire.ts';
import { FieldType } from './descriptor/descriptor.ts';
import { optionNumber } from './link/features.ts';
import { isMapField, type EnumModel, type FieldModel, type MessageModel } from './link/model.ts';
import type { ProtobufSchema } from './protobuf-schema.ts';

/** Which types are printed, and how values look: with the options of the serde. */
export interface ProtobufTypesOptions extends ProtobufCodecOptions {
  /** Of the message itself. Default: its name. */
  readonly name?: string;
  /** The message whose values are described; with it come the messages and enums that it uses. Default: all of the file. */
  readonly messageName?: string;
}

/** Where an option says that something is deprecated, of messages, fields and enums. */
const DEPRECATED = 3;

/**
 * TypeScript types of the values of a file, as `protobuf()` reads and writes them: one exported interface for each message, and
 * one type for each enum. Fields that can be absent (messages, `optional`, members of a oneof, proto2) have a question mark.
 *
 * @throws RangeError when the file has no message of the name
 */
export function protobufSchemaTypes(schema: ProtobufSchema, options: ProtobufTypesOptions = {}): string {
  const { name, messageName, ...codec } = options;
  const printer = new ProtobufTypesPrinter(codecSettings(codec));
  if (messageName === undefined && name === undefined)
    return printer.print(schema.file.messages, schema.file.enums);
  const message = schema.message(messageName);
  if (message === undefined) throw new RangeError(`The schema has no message "${messageName ?? ''}"`);
  return printer.print([message], [], name);
}

class ProtobufTypesPrinter {
  readonly #settings: ProtobufCodecSettings;
  readonly #names = new Map<MessageModel | EnumModel, string>();
  readonly #usedNames = new Set<string>();
  readonly #queue: (MessageModel | EnumModel)[] = [];

  constructor(settings: ProtobufCodecSettings) {
    this.#settings = settings;
  }

  print(messages: readonly MessageModel[], enums: readonly EnumModel[], name?: string): string {
    for (const message of messages) this.#nameOf(message, name);
    for (const type of enums) this.#nameOf(type);
    const declarations: string[] = [];
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      declarations.push(next.kind === 'enum' ? this.#enum(next) : this.#message(next));
    }
    return declarations.join('\n');
  }

  /** Asks for a declaration, once per message or enum; nested ones carry the names around them: `OrderLine`. */
  #nameOf(type: MessageModel | EnumModel, suggestion = localName(type)): string {
    const known = this.#names.get(type);
    if (known !== undefined) return known;
    const base = typeName(suggestion);
    let name = base;
    for (let count = 2; this.#usedNames.has(name); count += 1) name = `${base}${count}`;
    this.#usedNames.add(name);
    this.#names.set(type, name);
    this.#queue.push(type);
    return name;
  }

  #message(message: MessageModel): string {
    const head = documentationText(undefined, '', optionNumber(message.descriptor.options, DEPRECATED) === 1);
    const fields = message.fields.map((field) => this.#field(field));
    return `${head}export interface ${this.#nameOf(message)} {\n${fields.join('')}}\n`;
  }

  #field(field: FieldModel): string {
    const isDeprecated = optionNumber(field.descriptor.options, DEPRECATED) === 1;
    const oneof =
      field.oneof?.isSynthetic === false
        ? `Of the oneof ${field.oneof.name}: at most one is set.`
        : undefined;
    const name = propertyName(fieldPropertyName(field, this.#settings));
    const mark = field.hasPresence && !field.isRequired ? '?' : '';
    return `${documentationText(oneof, '  ', isDeprecated)}  ${name}${mark}: ${this.#type(field)};\n`;
  }

  #type(field: FieldModel): string {
    if (isMapField(field)) return `Record<string, ${this.#valueType(mapFields(field).value)}>`;
    const type = this.#valueType(field);
    return field.isRepeated ? `${inParentheses(type)}[]` : type;
  }

  #valueType({ message, enumType, type }: FieldModel): string {
    const named = message ?? enumType;
    if (named !== undefined) return this.#nameOf(named);
    if (type === FieldType.STRING) return 'string';
    if (type === FieldType.BYTES) return 'Buffer';
    if (type === FieldType.BOOL) return 'boolean';
    return isLong(type) ? this.#settings.longs : 'number';
  }

  /** An open enum may have numbers without a name. */
  #enum(type: EnumModel): string {
    const names = type.values.map(({ name }) => JSON.stringify(name));
    const values =
      this.#settings.enums === 'number' ? ['number'] : [...names, ...(type.isClosed ? [] : ['number'])];
    const head = documentationText(undefined, '', optionNumber(type.descriptor.options, DEPRECATED) === 1);
    return `${head}export type ${this.#nameOf(type)} = ${unionText(values)};\n`;
  }
}

/** The name with the names of the messages around it, without the package. */
function localName(type: MessageModel | EnumModel): string {
  return type.parent === undefined ? type.name : `${localName(type.parent)}.${type.name}`;
}
