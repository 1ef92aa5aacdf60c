import type {
  DescriptorProto,
  EnumDescriptorProto,
  FieldDescriptorProto,
  FileDescriptorProto,
  ServiceDescriptorProto,
} from '../descriptor/descriptor.ts';
import { FieldLabel } from '../descriptor/descriptor.ts';
import { defaultJsonName } from '../descriptor/names.ts';
import { DEFAULT_FEATURES } from './features.ts';
import type {
  EnumModel,
  EnumValueModel,
  FieldModel,
  FileModel,
  MessageModel,
  OneofModel,
  ServiceModel,
  SymbolModel,
} from './model.ts';

/** Told about every name; throws when it is taken. */
export type NameTaken = (symbol: SymbolModel, descriptor: object) => void;

/** Models of everything a file declares, before names are resolved. */
export class Declarer {
  readonly #file: FileModel;
  readonly #declared: NameTaken;

  constructor(file: FileModel, declared: NameTaken) {
    this.#file = file;
    this.#declared = declared;
  }

  message(descriptor: DescriptorProto, parent: MessageModel | undefined): MessageModel {
    const fields: FieldModel[] = [];
    const oneofs: OneofModel[] = [];
    const messages: MessageModel[] = [];
    const enums: EnumModel[] = [];
    const extensions: FieldModel[] = [];
    const message: MessageModel = {
      kind: 'message',
      name: descriptor.name,
      fullName: this.#fullName(parent, descriptor.name),
      file: this.#file,
      parent,
      descriptor,
      fields,
      oneofs,
      messages,
      enums,
      extensions,
      isMapEntry: false,
      features: DEFAULT_FEATURES[this.#file.syntax],
    };
    this.#declared(message, descriptor);
    for (const nested of descriptor.nestedType) messages.push(this.message(nested, message));
    for (const nested of descriptor.enumType) enums.push(this.enum(nested, message));
    for (const oneof of this.#oneofs(message)) oneofs.push(oneof);
    for (const field of descriptor.field) fields.push(this.field(field, message));
    for (const extension of descriptor.extension) extensions.push(this.field(extension, message));
    return message;
  }

  enum(descriptor: EnumDescriptorProto, parent: MessageModel | undefined): EnumModel {
    const values: EnumValueModel[] = [];
    const enumType: EnumModel = {
      kind: 'enum',
      name: descriptor.name,
      fullName: this.#fullName(parent, descriptor.name),
      file: this.#file,
      parent,
      descriptor,
      values,
      isClosed: false,
    };
    this.#declared(enumType, descriptor);
    for (const value of descriptor.value) {
      // Values stand beside their enum, not in it, as in C++.
      const fullName = this.#fullName(parent, value.name);
      const model: EnumValueModel = {
        kind: 'enumValue',
        name: value.name,
        fullName,
        number: value.number,
        enumType,
      };
      this.#declared(model, value);
      values.push(model);
    }
    return enumType;
  }

  /** A field of `parent`, or an extension in its scope. */
  field(descriptor: FieldDescriptorProto, parent: MessageModel | undefined): FieldModel {
    const { name, number, oneofIndex, extendee, label, type } = descriptor;
    const oneof = oneofIndex === undefined || extendee !== undefined ? undefined : parent?.oneofs[oneofIndex];
    const field: FieldModel = {
      kind: 'field',
      name,
      fullName: this.#fullName(parent, name),
      jsonName: descriptor.jsonName ?? defaultJsonName(name),
      number,
      file: this.#file,
      parent,
      descriptor,
      oneof,
      extendee: undefined,
      type: type ?? 0,
      message: undefined,
      enumType: undefined,
      isRepeated: label === FieldLabel.REPEATED,
      isRequired: label === FieldLabel.REQUIRED,
      hasPresence: false,
      isPacked: false,
      features: DEFAULT_FEATURES[this.#file.syntax],
    };
    (oneof?.fields as FieldModel[] | undefined)?.push(field);
    this.#declared(field, descriptor);
    return field;
  }

  service(descriptor: ServiceDescriptorProto): ServiceModel {
    const fullName = this.#fullName(undefined, descriptor.name);
    const methods = descriptor.method.map(
      (method) =>
        ({
          kind: 'method',
          name: method.name,
          fullName: `${fullName}.${method.name}`,
          descriptor: method,
        }) as const,
    );
    const service: ServiceModel = { kind: 'service', name: descriptor.name, fullName, descriptor, methods };
    this.#declared(service, descriptor);
    for (const method of methods) this.#declared(method, method.descriptor);
    return service;
  }

  #oneofs(parent: MessageModel): readonly OneofModel[] {
    const members = Map.groupBy(parent.descriptor.field, ({ oneofIndex }) => oneofIndex);
    return parent.descriptor.oneofDecl.map((descriptor, index) => {
      const [first, second] = members.get(index) ?? [];
      const oneof: OneofModel = {
        kind: 'oneof',
        index,
        name: descriptor.name,
        fullName: this.#fullName(parent, descriptor.name),
        parent,
        fields: [],
        isSynthetic: second === undefined && first?.proto3Optional === true,
        features: parent.features,
      };
      this.#declared(oneof, descriptor);
      return oneof;
    });
  }

  #fullName(parent: MessageModel | undefined, name: string): string {
    const scope = parent?.fullName ?? this.#file.package;
    return scope === '' ? name : `${scope}.${name}`;
  }
}

/** The syntax that a descriptor states. */
export function syntaxOf({ syntax }: FileDescriptorProto): FileModel['syntax'] {
  return syntax === 'proto3' || syntax === 'editions' ? syntax : 'proto2';
}
