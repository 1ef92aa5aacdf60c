import {
  FieldType,
  type FieldDescriptorProto,
  type MethodDescriptorProto,
} from '../descriptor/descriptor.ts';
import type { LinkProblems } from './link-problem.ts';
import type { EnumModel, FieldModel, FileModel, MessageModel, ServiceModel } from './model.ts';
import type { Scope } from './scope.ts';

/** Gives every field, extension and method of a file the types its names stand for. */
export class NameResolver {
  readonly #scope: Scope;
  readonly #problems: LinkProblems;
  /** Imports that were not found: they are named when a type is missing. */
  readonly #missingImports: readonly string[];

  constructor(scope: Scope, problems: LinkProblems, missingImports: readonly string[]) {
    this.#scope = scope;
    this.#problems = problems;
    this.#missingImports = missingImports;
  }

  resolveFile(file: FileModel): void {
    for (const message of file.messages) this.#resolveMessage(message);
    for (const extension of file.extensions) this.#resolveField(extension, file.package);
    for (const service of file.services) this.#resolveService(service);
  }

  #resolveMessage(message: MessageModel): void {
    for (const nested of message.messages) this.#resolveMessage(nested);
    for (const field of [...message.fields, ...message.extensions])
      this.#resolveField(field, message.fullName);
  }

  #resolveField(field: FieldModel, scope: string): void {
    const { descriptor } = field;
    if (descriptor.extendee !== undefined) this.#resolveExtendee(field, descriptor.extendee, scope);
    if (descriptor.typeName === undefined) return;
    const type = this.#type(descriptor.typeName, scope, field, descriptor);
    descriptor.typeName = `.${type.fullName}`;
    if (type.kind === 'enum') {
      field.enumType = type;
      descriptor.type ??= FieldType.ENUM;
    } else {
      field.message = type;
      descriptor.type ??= FieldType.MESSAGE;
    }
    field.type = descriptor.type;
    if ((field.type === FieldType.ENUM) !== (type.kind === 'enum')) {
      throw this.#problems.at(
        descriptor,
        `Field "${field.name}" and ${type.fullName} disagree about being an enum`,
        field.fullName,
      );
    }
  }

  #resolveExtendee(field: FieldModel, name: string, scope: string): void {
    const extendee = this.#type(name, scope, field, field.descriptor);
    if (extendee.kind !== 'message') {
      throw this.#problems.at(
        field.descriptor,
        `"${name}" is an enum, which cannot be extended`,
        field.fullName,
      );
    }
    field.extendee = extendee;
    field.descriptor.extendee = `.${extendee.fullName}`;
  }

  #resolveService(service: ServiceModel): void {
    for (const method of service.methods) {
      const { descriptor } = method;
      descriptor.inputType = `.${this.#methodType(descriptor.inputType, method, service)}`;
      descriptor.outputType = `.${this.#methodType(descriptor.outputType, method, service)}`;
    }
  }

  #methodType(
    name: string,
    method: { readonly fullName: string; readonly descriptor: MethodDescriptorProto },
    service: ServiceModel,
  ): string {
    const type = this.#type(name, service.fullName, method, method.descriptor);
    if (type.kind === 'message') return type.fullName;
    throw this.#problems.at(
      method.descriptor,
      `"${name}" is an enum, but a method takes messages`,
      method.fullName,
    );
  }

  #type(
    name: string,
    scope: string,
    user: { readonly fullName: string },
    descriptor: FieldDescriptorProto | MethodDescriptorProto,
  ): MessageModel | EnumModel {
    const { symbol, hiddenBy } = this.#scope.resolve(
      name,
      scope,
      ({ kind }) => kind === 'message' || kind === 'enum',
    );
    if (symbol?.kind === 'message' || symbol?.kind === 'enum') return symbol;
    throw this.#problems.at(descriptor, this.#unresolved(name, symbol?.kind, hiddenBy), user.fullName);
  }

  #unresolved(name: string, kind: string | undefined, hiddenBy: string | undefined): string {
    if (kind !== undefined) return `"${name}" is not a message or enum but a ${kind}`;
    const missing = this.#missingImports.map((path) => `"${path}"`).join(', ');
    const imports = missing === '' ? '' : `; no reference has the name of the import ${missing}`;
    if (hiddenBy === undefined) return `Type "${name}" is not defined${imports}`;
    return `Type "${name}" means "${hiddenBy}" here, which is not defined: a leading dot starts from the outermost scope${imports}`;
  }
}
