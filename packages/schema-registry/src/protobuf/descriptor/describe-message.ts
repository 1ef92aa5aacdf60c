import { elementsOf } from '../syntax/elements-of.ts';
import type {
  ProtoExtensions,
  ProtoExtend,
  ProtoField,
  ProtoFileElement,
  ProtoMessage,
  ProtoMessageElement,
  ProtoOneof,
} from '../syntax/proto-file.ts';
import { describeEnum, describeReservedRanges, describeVisibility } from './describe-enum.ts';
import {
  FieldLabel,
  FieldType,
  scalarTypeNumber,
  type DescriptorProto,
  type ExtensionRange,
  type FieldDescriptorProto,
  type FileDescriptorProto,
} from './descriptor.ts';
import { mapEntryName } from './names.ts';
import type { Origins } from './origins.ts';

/**
 * In which order the messages stand that are made for groups and map fields: `protoc` puts them where the field is,
 * `registry` behind the messages that are written, so that message indexes count those only, as Confluent's registry does.
 */
export type NestedOrder = 'protoc' | 'registry';

/** `MessageOptions` with `map_entry` set. */
const MAP_ENTRY_OPTIONS = Buffer.from([0x38, 1]);

/** The messages that are made while fields are described. */
interface Made {
  readonly groups: DescriptorProto[];
  readonly mapEntries: DescriptorProto[];
}

/** Makes descriptors of messages, with the messages that stand behind groups and map fields. */
export class MessageDescriber {
  readonly #isProto3: boolean;
  readonly #order: NestedOrder;
  readonly #origins: Origins;

  constructor(isProto3: boolean, order: NestedOrder, origins: Origins) {
    this.#isProto3 = isProto3;
    this.#order = order;
    this.#origins = origins;
  }

  describeTopLevel(elements: readonly ProtoFileElement[], file: FileDescriptorProto): void {
    const nested = new NestedMessages(this.#order);
    for (const element of elements) {
      if (element.kind === 'message') nested.written(this.#message(element));
      if (element.kind === 'extend') this.#extend(element, nested, file.extension);
    }
    file.messageType = nested.inOrder();
  }

  #message({ name, at, elements, visibility }: ProtoMessage): DescriptorProto {
    const reserved = elementsOf(elements, 'reserved');
    const message: DescriptorProto = {
      name,
      field: [],
      extension: [],
      nestedType: [],
      enumType: elementsOf(elements, 'enum').map((type) => describeEnum(type, this.#origins)),
      extensionRange: elementsOf(elements, 'extensions').flatMap((item) => this.#extensionRanges(item)),
      oneofDecl: [],
      reservedRange: describeReservedRanges(reserved, 1, this.#origins),
      reservedName: reserved.flatMap(({ names }) => names),
      ...describeVisibility(visibility),
    };
    this.#describeBody(elements, message);
    if (this.#isProto3) addSyntheticOneofs(message);
    return this.#origins.note(message, at, elementsOf(elements, 'option'));
  }

  #describeBody(elements: readonly ProtoMessageElement[], message: DescriptorProto): void {
    const nested = new NestedMessages(this.#order);
    for (const element of elements) {
      if (element.kind === 'message') nested.written(this.#message(element));
      else if (element.kind === 'field') message.field.push(this.#field(element, nested));
      else if (element.kind === 'oneof') this.#oneof(element, message, nested);
      else if (element.kind === 'extend') this.#extend(element, nested, message.extension);
    }
    message.nestedType = nested.inOrder();
  }

  #oneof({ name, at, options, fields }: ProtoOneof, message: DescriptorProto, nested: NestedMessages): void {
    const oneofIndex = message.oneofDecl.length;
    message.oneofDecl.push(this.#origins.note({ name }, at, options));
    for (const field of fields) message.field.push(Object.assign(this.#field(field, nested), { oneofIndex }));
  }

  #extend(
    { extendee, fields }: ProtoExtend,
    nested: NestedMessages,
    extensions: FieldDescriptorProto[],
  ): void {
    for (const field of fields) extensions.push(Object.assign(this.#field(field, nested), { extendee }));
  }

  #field(field: ProtoField, nested: NestedMessages): FieldDescriptorProto {
    const { name, number, label, at, options } = field;
    const isOptional = label === 'optional' && this.#isProto3;
    const descriptor: FieldDescriptorProto = {
      name,
      number,
      label: labelNumber(field),
      ...this.#type(field, nested),
      ...(isOptional ? { proto3Optional: true } : {}),
    };
    return this.#origins.note(descriptor, at, options);
  }

  #type(field: ProtoField, nested: NestedMessages): Pick<FieldDescriptorProto, 'type' | 'typeName'> {
    if (field.group !== undefined) {
      nested.group(this.#message(field.group));
      return { type: FieldType.GROUP, typeName: field.type };
    }
    if (field.mapKey !== undefined) {
      const entry = this.#mapEntry(field, field.mapKey);
      nested.mapEntry(entry);
      return { type: FieldType.MESSAGE, typeName: entry.name };
    }
    return typeOf(field.type);
  }

  #mapEntry({ name, at, type }: ProtoField, keyType: string): DescriptorProto {
    const label = FieldLabel.OPTIONAL;
    const key = this.#origins.note({ name: 'key', number: 1, label, ...typeOf(keyType) }, at);
    const value = this.#origins.note({ name: 'value', number: 2, label, ...typeOf(type) }, at);
    const entry: DescriptorProto = {
      name: mapEntryName(name),
      field: [key, value],
      extension: [],
      nestedType: [],
      enumType: [],
      extensionRange: [],
      oneofDecl: [],
      options: MAP_ENTRY_OPTIONS,
      reservedRange: [],
      reservedName: [],
    };
    return this.#origins.note(entry, at);
  }

  #extensionRanges({ ranges, options }: ProtoExtensions): readonly ExtensionRange[] {
    return ranges.map(({ start, end, at }) =>
      this.#origins.note({ start, end: (end ?? start) + 1 }, at, options),
    );
  }
}

/** Gathers the nested messages of a scope in one of the two orders. */
class NestedMessages {
  readonly #written: DescriptorProto[] = [];
  readonly #made: Made;

  constructor(order: NestedOrder) {
    const inPlace = this.#written;
    this.#made =
      order === 'protoc' ? { groups: inPlace, mapEntries: inPlace } : { groups: [], mapEntries: [] };
  }

  written(message: DescriptorProto): void {
    this.#written.push(message);
  }

  group(message: DescriptorProto): void {
    this.#made.groups.push(message);
  }

  mapEntry(message: DescriptorProto): void {
    this.#made.mapEntries.push(message);
  }

  inOrder(): DescriptorProto[] {
    return [...new Set([...this.#written, ...this.#made.groups, ...this.#made.mapEntries])];
  }
}

function labelNumber({ label, mapKey }: ProtoField): number {
  if (label === 'repeated' || mapKey !== undefined) return FieldLabel.REPEATED;
  return label === 'required' ? FieldLabel.REQUIRED : FieldLabel.OPTIONAL;
}

function typeOf(name: string): Pick<FieldDescriptorProto, 'type' | 'typeName'> {
  const type = scalarTypeNumber(name);
  return type === undefined ? { typeName: name } : { type };
}

/** An `optional` field of proto3 is the only member of a oneof that nobody wrote; those stand behind the others. */
function addSyntheticOneofs(message: DescriptorProto): void {
  const names = new Set([...message.field, ...message.oneofDecl].map(({ name }) => name));
  for (const field of message.field) {
    if (field.proto3Optional !== true) continue;
    let name = field.name.startsWith('_') ? field.name : `_${field.name}`;
    while (names.has(name)) name = `X${name}`;
    names.add(name);
    field.oneofIndex = message.oneofDecl.length;
    message.oneofDecl.push({ name });
  }
}
