import { scalarTypeName } from '../descriptor/descriptor.ts';
import type { FieldModel, FileModel, MessageModel, SymbolModel } from '../link/model.ts';
import { Scope } from '../link/scope.ts';
import { elementsOf } from '../syntax/elements-of.ts';
import {
  isScalarType,
  type ProtoEnum,
  type ProtoEnumElement,
  type ProtoExtend,
  type ProtoField,
  type ProtoFile,
  type ProtoFileElement,
  type ProtoImport,
  type ProtoMessage,
  type ProtoMessageElement,
  type ProtoOneof,
  type ProtoRange,
  type ProtoReserved,
  type ProtoService,
} from '../syntax/proto-file.ts';
import { compareText, OptionNormalizer } from './normalize-options.ts';

/**
 * A file in the form that Confluent's registry gives it with `normalize=true`: types by their full names, imports, fields,
 * oneofs, enum values, ranges and options in one order, map fields as maps. The order of messages stays, because message
 * indexes depend on it.
 */
export function normalizeProto(proto: ProtoFile, file: FileModel): ProtoFile {
  return new Normalizer(file).file(proto);
}

class Normalizer {
  readonly #scope: Scope;
  readonly #package: string;
  readonly #options: OptionNormalizer;

  constructor(file: FileModel) {
    this.#scope = new Scope(file);
    this.#package = file.package;
    this.#options = new OptionNormalizer(this.#scope);
  }

  file(proto: ProtoFile): ProtoFile {
    const { elements } = proto;
    return {
      syntax: proto.syntax === 'proto3' ? proto.syntax : undefined,
      edition: proto.edition,
      package: proto.package,
      imports: sortedImports(proto.imports),
      elements: [
        ...this.#options.normalize(elementsOf(elements, 'option'), this.#package),
        ...this.#messages(elements, this.#package),
        ...elementsOf(elements, 'enum').map((type) => this.#enum(type, this.#package)),
        ...this.#extends(elementsOf(elements, 'extend'), this.#package),
        ...elementsOf(elements, 'service').map((service) => this.#service(service)),
      ],
    };
  }

  /** Messages that stand behind map fields are left out: the fields say it. */
  #messages(
    elements: readonly (ProtoFileElement | ProtoMessageElement)[],
    scope: string,
  ): readonly ProtoMessage[] {
    return elements
      .filter((element) => element.kind === 'message')
      .filter(({ name }) => !isMapEntry(this.#scope.find(join(scope, name))))
      .map((message) => ({ ...message, elements: this.#body(message.elements, join(scope, message.name)) }));
  }

  #body(elements: readonly ProtoMessageElement[], scope: string): readonly ProtoMessageElement[] {
    const fields = elementsOf(elements, 'field').map((field) => this.#field(field, scope));
    return [
      ...sortedReserved(elementsOf(elements, 'reserved')),
      ...this.#options.normalize(elementsOf(elements, 'option'), scope),
      ...fields.toSorted(byNumber),
      ...elementsOf(elements, 'oneof')
        .filter((oneof) => oneof.fields.length > 0)
        .map((oneof) => this.#oneof(oneof, scope))
        .toSorted((left, right) => (left.fields[0]?.number ?? 0) - (right.fields[0]?.number ?? 0)),
      ...elementsOf(elements, 'extensions')
        .flatMap((item) => item.ranges.map((range) => ({ ...item, ranges: [shortest(range)] })))
        .map((item) => ({ ...item, options: this.#options.normalize(item.options, scope) }))
        .toSorted((left, right) => (left.ranges[0]?.start ?? 0) - (right.ranges[0]?.start ?? 0)),
      ...this.#extends(elementsOf(elements, 'extend'), scope),
      ...this.#messages(elements, scope),
      ...elementsOf(elements, 'enum').map((type) => this.#enum(type, scope)),
    ];
  }

  #oneof(oneof: ProtoOneof, scope: string): ProtoOneof {
    const fields = oneof.fields.map((field) => this.#field(field, scope)).toSorted(byNumber);
    return { ...oneof, fields, options: this.#options.normalize(oneof.options, scope) };
  }

  #field(field: ProtoField, scope: string): ProtoField {
    const options = this.#options.normalize(field.options, scope);
    if (field.group !== undefined) {
      const elements = this.#body(field.group.elements, join(scope, field.group.name));
      return { ...field, options, group: { ...field.group, elements } };
    }
    const symbol = this.#type(field.type, scope);
    if (field.mapKey === undefined && isMapEntry(symbol))
      return { ...field, ...mapTypeOf(symbol), label: undefined, options };
    return { ...field, type: symbol === undefined ? field.type : `.${symbol.fullName}`, options };
  }

  #enum(type: ProtoEnum, scope: string): ProtoEnum {
    const from = join(scope, type.name);
    const elements: readonly ProtoEnumElement[] = [
      ...sortedReserved(elementsOf(type.elements, 'reserved')),
      ...this.#options.normalize(elementsOf(type.elements, 'option'), from),
      ...elementsOf(type.elements, 'enumValue')
        .map((value) => ({ ...value, options: this.#options.normalize(value.options, from) }))
        .toSorted((left, right) => left.number - right.number || compareText(left.name, right.name)),
    ];
    return { ...type, elements };
  }

  #extends(items: readonly ProtoExtend[], scope: string): readonly ProtoExtend[] {
    const resolved = items.map((item) => ({ ...item, extendee: this.#typeName(item.extendee, scope) }));
    return [...Map.groupBy(resolved, ({ extendee }) => extendee)].map(([extendee, same]) => ({
      kind: 'extend',
      at: 0,
      extendee,
      fields: same
        .flatMap(({ fields }) => fields.map((field) => this.#field(field, scope)))
        .toSorted(byNumber),
    }));
  }

  #service(service: ProtoService): ProtoService {
    const scope = join(this.#package, service.name);
    const methods = service.methods.map((method) => ({
      ...method,
      input: this.#typeName(method.input, scope),
      output: this.#typeName(method.output, scope),
      options: this.#options.normalize(method.options, scope),
    }));
    return { ...service, methods, options: this.#options.normalize(service.options, scope) };
  }

  #typeName(name: string, scope: string): string {
    const symbol = this.#type(name, scope);
    return symbol === undefined ? name : `.${symbol.fullName}`;
  }

  #type(name: string, scope: string): SymbolModel | undefined {
    if (isScalarType(name)) return undefined;
    return this.#scope.resolve(name, scope, ({ kind }) => kind === 'message' || kind === 'enum').symbol;
  }
}

function join(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

function byNumber(left: ProtoField, right: ProtoField): number {
  return left.number - right.number;
}

function isMapEntry(symbol: SymbolModel | undefined): symbol is MessageModel {
  return symbol?.kind === 'message' && symbol.isMapEntry;
}

function mapTypeOf(entry: MessageModel): { readonly mapKey: string; readonly type: string } {
  const typeOf = (wanted: number): string => typeText(entry.fields.find(({ number }) => number === wanted));
  return { mapKey: typeOf(1), type: typeOf(2) };
}

function typeText(field: FieldModel | undefined): string {
  const named = field?.message ?? field?.enumType;
  return named === undefined ? scalarName(field) : `.${named.fullName}`;
}

function scalarName(field: FieldModel | undefined): string {
  return scalarTypeName(field?.type ?? 0) ?? '';
}

function sortedImports(imports: readonly ProtoImport[]): readonly ProtoImport[] {
  const unique = new Map(imports.map((item) => [`${item.modifier ?? ''} ${item.path}`, item]));
  return [...unique.values()].toSorted((left, right) => compareText(left.path, right.path));
}

/** One range or name a statement: ranges by their start, then names. */
function sortedReserved(items: readonly ProtoReserved[]): readonly ProtoReserved[] {
  const ranges = items.flatMap((item) =>
    item.ranges.map((range) => ({ ...item, ranges: [shortest(range)], names: [] })),
  );
  const names = items.flatMap((item) => item.names.map((name) => ({ ...item, ranges: [], names: [name] })));
  return [
    ...ranges.toSorted((left, right) => (left.ranges[0]?.start ?? 0) - (right.ranges[0]?.start ?? 0)),
    ...names.toSorted((left, right) => compareText(left.names[0] ?? '', right.names[0] ?? '')),
  ];
}

/** `5 to 5` as `5`. */
function shortest(range: ProtoRange): ProtoRange {
  return range.end === range.start ? { ...range, end: undefined } : range;
}
