import {
  FieldLabel,
  FieldType,
  scalarTypeName,
  Visibility,
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  type FileDescriptorProto,
  type MethodDescriptorProto,
  type NumberRange,
  type ServiceDescriptorProto,
} from '../descriptor/descriptor.ts';
import type { MessageModel } from '../link/model.ts';
import { EDITIONS } from '../syntax/parse-proto.ts';
import type {
  ProtoEnum,
  ProtoExtend,
  ProtoField,
  ProtoFile,
  ProtoImport,
  ProtoLabel,
  ProtoMessage,
  ProtoMessageElement,
  ProtoMethod,
  ProtoOption,
  ProtoRange,
  ProtoService,
  ProtoVisibility,
} from '../syntax/proto-file.ts';
import { bytesOfText } from '../syntax/string-literal.ts';
import { parseDefaultBytes } from './default-bytes.ts';
import type { OptionReader } from './read-options.ts';

/** Finds an options message of descriptor.proto by its simple name. */
export type OptionsType = (name: string) => MessageModel;

/**
 * A descriptor as a `.proto` file, in the form that Confluent's registry gives to schemas that arrive as
 * `format=serialized`: types by their full names, map fields as the messages they are on the wire.
 */
export class DescriptorWriter {
  readonly #options: OptionReader;
  readonly #optionsType: OptionsType;
  #syntax: 'proto2' | 'proto3' | 'editions' = 'proto2';

  constructor(options: OptionReader, optionsType: OptionsType) {
    this.#options = options;
    this.#optionsType = optionsType;
  }

  file(file: FileDescriptorProto): ProtoFile {
    this.#syntax = file.syntax === 'proto3' || file.syntax === 'editions' ? file.syntax : 'proto2';
    const edition = Object.entries(EDITIONS).find(([, number]) => number === file.edition)?.[0];
    return {
      syntax: file.syntax === 'proto3' || file.syntax === 'proto2' ? file.syntax : undefined,
      edition: this.#syntax === 'editions' ? edition : undefined,
      package: file.package === '' ? undefined : file.package,
      imports: importsOf(file),
      elements: [
        ...this.#read(file.options, 'FileOptions'),
        ...file.messageType.map((message) => this.#message(message)),
        ...file.enumType.map((type) => this.#enum(type)),
        ...this.#extends(file.extension, new Map()),
        ...file.service.map((service) => this.#service(service)),
      ],
    };
  }

  #read(options: Buffer | undefined, type: string): readonly ProtoOption[] {
    return this.#options.read(options, this.#optionsType(type));
  }

  #message(message: DescriptorProto): ProtoMessage {
    const groupNames = new Set([...message.field, ...message.extension].map(groupName));
    const groups = new Map(
      message.nestedType.filter(({ name }) => groupNames.has(name)).map((group) => [group.name, group]),
    );
    const elements: readonly ProtoMessageElement[] = [
      ...message.reservedRange.map((range) => reserved([rangeOf(range, 1)], [])),
      ...message.reservedName.map((name) => reserved([], [name])),
      ...this.#read(message.options, 'MessageOptions'),
      ...this.#fields(message, groups),
      ...message.extensionRange.map((range) => ({
        kind: 'extensions' as const,
        at: 0,
        ranges: [rangeOf(range, 1)],
        options: this.#read(range.options, 'ExtensionRangeOptions'),
      })),
      ...this.#extends(message.extension, groups),
      ...message.nestedType.filter(({ name }) => !groups.has(name)).map((nested) => this.#message(nested)),
      ...message.enumType.map((type) => this.#enum(type)),
    ];
    return {
      kind: 'message',
      at: 0,
      name: message.name,
      visibility: visibilityOf(message.visibility),
      elements,
    };
  }

  #fields(message: DescriptorProto, groups: Groups): readonly ProtoMessageElement[] {
    const isMember = (field: FieldDescriptorProto): boolean => isOneofMember(field, message.oneofDecl.length);
    const members = Map.groupBy(message.field.filter(isMember), ({ oneofIndex }) => oneofIndex);
    const oneofs = message.oneofDecl.map(({ name, options }, index) => ({
      kind: 'oneof' as const,
      at: 0,
      name,
      fields: (members.get(index) ?? []).map((field) => ({
        ...this.#field(field, groups),
        label: undefined,
      })),
      options: this.#read(options, 'OneofOptions'),
    }));
    return [
      ...message.field.filter((field) => !isMember(field)).map((field) => this.#field(field, groups)),
      ...oneofs.filter(({ fields }) => fields.length > 0),
    ];
  }

  #field(field: FieldDescriptorProto, groups: Groups): ProtoField {
    const group = groups.get(groupName(field) ?? '');
    return {
      kind: 'field',
      at: 0,
      label: this.#label(field),
      type: group?.name ?? field.typeName ?? scalarTypeName(field.type ?? 0) ?? '',
      mapKey: undefined,
      name: field.name,
      number: field.number,
      numberAt: 0,
      options: [...this.#read(field.options, 'FieldOptions'), ...this.#pseudoOptions(field)],
      group: group === undefined ? undefined : this.#message(group),
    };
  }

  /** The default value and the JSON name, which are options only in the text. */
  #pseudoOptions({ defaultValue, jsonName, extendee, type }: FieldDescriptorProto): readonly ProtoOption[] {
    const options: ProtoOption[] = [];
    if (defaultValue !== undefined && this.#syntax !== 'proto3') {
      options.push(plainOption('default', defaultOf(type, defaultValue)));
    }
    if (jsonName !== undefined && extendee === undefined) {
      options.push(plainOption('json_name', { kind: 'string', bytes: bytesOfText(jsonName) }));
    }
    return options;
  }

  #label({ label, proto3Optional }: FieldDescriptorProto): ProtoLabel {
    if (label === FieldLabel.REPEATED) return 'repeated';
    if (proto3Optional === true) return 'optional';
    if (this.#syntax !== 'proto2') return undefined;
    return label === FieldLabel.REQUIRED ? 'required' : 'optional';
  }

  #extends(fields: readonly FieldDescriptorProto[], groups: Groups): readonly ProtoExtend[] {
    const byExtendee = Map.groupBy(fields, ({ extendee = '' }) => extendee);
    return [...byExtendee].map(([extendee, extensions]) => ({
      kind: 'extend',
      at: 0,
      extendee,
      fields: extensions.map((field) => this.#field(field, groups)),
    }));
  }

  #enum(type: EnumDescriptorProto): ProtoEnum {
    return {
      kind: 'enum',
      at: 0,
      name: type.name,
      visibility: visibilityOf(type.visibility),
      elements: [
        ...type.reservedRange.map((range) => reserved([rangeOf(range, 0)], [])),
        ...type.reservedName.map((name) => reserved([], [name])),
        ...this.#read(type.options, 'EnumOptions'),
        ...type.value.map(({ name, number, options }) => ({
          kind: 'enumValue' as const,
          at: 0,
          name,
          number,
          options: this.#read(options, 'EnumValueOptions'),
        })),
      ],
    };
  }

  #service({ name, method, options }: ServiceDescriptorProto): ProtoService {
    const methods = method.map((item) => this.#method(item));
    return { kind: 'service', at: 0, name, methods, options: this.#read(options, 'ServiceOptions') };
  }

  #method(method: MethodDescriptorProto): ProtoMethod {
    return {
      kind: 'method',
      at: 0,
      name: method.name,
      input: method.inputType,
      output: method.outputType,
      clientStreaming: method.clientStreaming === true,
      serverStreaming: method.serverStreaming === true,
      options: this.#read(method.options, 'MethodOptions'),
      hasBody: method.options !== undefined,
    };
  }
}

/** Whether a field is in a oneof that is written. */
function isOneofMember({ oneofIndex, proto3Optional }: FieldDescriptorProto, oneofCount: number): boolean {
  return oneofIndex !== undefined && oneofIndex < oneofCount && proto3Optional !== true;
}

/** The messages that groups of a scope declare, by name. */
type Groups = ReadonlyMap<string, DescriptorProto>;

/** The name of the message that a group declares; undefined for other fields. */
function groupName({ type, typeName }: FieldDescriptorProto): string | undefined {
  return type === FieldType.GROUP ? typeName?.split('.').at(-1) : undefined;
}

function importsOf(file: FileDescriptorProto): readonly ProtoImport[] {
  const imports = file.dependency.map((path, index): ProtoImport => {
    const isPublic = file.publicDependency.includes(index);
    const isWeak = file.weakDependency.includes(index);
    return { at: 0, path, modifier: isPublic ? 'public' : isWeak ? 'weak' : undefined };
  });
  return [...imports, ...file.optionDependency.map((path) => ({ at: 0, path, modifier: 'option' as const }))];
}

/** `beyond` is what the end of the descriptor is beyond the last number. */
function rangeOf({ start, end }: NumberRange, beyond: number): ProtoRange {
  const last = end - beyond;
  return { at: 0, start, end: last === start ? undefined : last };
}

function reserved(
  ranges: readonly ProtoRange[],
  names: readonly string[],
): Extract<ProtoMessageElement, { kind: 'reserved' }> {
  return { kind: 'reserved', at: 0, ranges, names };
}

function visibilityOf(visibility: number | undefined): ProtoVisibility {
  if (visibility === Visibility.EXPORT) return 'export';
  return visibility === Visibility.LOCAL ? 'local' : undefined;
}

function plainOption(name: string, value: ProtoOption['value']): ProtoOption {
  return { kind: 'option', at: 0, name: [{ name, isExtension: false }], value, valueAt: 0 };
}

function defaultOf(type: number | undefined, text: string): ProtoOption['value'] {
  if (type === FieldType.STRING) return { kind: 'string', bytes: bytesOfText(text) };
  if (type === FieldType.BYTES) return { kind: 'string', bytes: parseDefaultBytes(text) };
  return /^-?[0-9.]/.test(text) ? { kind: 'number', text } : { kind: 'identifier', text };
}
