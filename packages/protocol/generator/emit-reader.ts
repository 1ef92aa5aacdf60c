import { block, functionBlock, guarded, indent, localName, mentionsParameter } from './code-lines.ts';
import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';
import {
  fieldFlexibleExpression,
  flexibleExpression,
  flexibleLocal,
  hasTagSection,
} from './flexible-expression.ts';
import { minElementBytes } from './min-struct-bytes.ts';
import { decodedType, defaultExpression, structTypeName } from './typescript-type.ts';
import { isSameRange, versionCondition } from './version-range.ts';

/** The function that reads one struct. */
export function emitReader(message: MessageDefinition, struct: StructDefinition): string[] {
  const name = structTypeName(message, struct);
  const body = [
    ...flexibleLocal(message, struct),
    ...struct.fields.flatMap((field) => readField(message, struct, field)),
    ...readTagSection(message, struct),
    ...returnLiteral(message, struct),
  ];
  const versionParameter = mentionsParameter(body, 'version') ? 'version' : '_version';
  return functionBlock(`read${name}`, ['reader: WireReader', `${versionParameter}: number`], name, body);
}

function returnLiteral(message: MessageDefinition, struct: StructDefinition): string[] {
  const properties = struct.fields.map((field) => {
    const local = localName(field);
    return local === field.name ? `${local},` : `${field.name}: ${local},`;
  });
  if (hasTagSection(message, struct)) properties.push('unknownTaggedFields,');
  return [...block('return', properties).slice(0, -1), '};'];
}

/** Declares the local of a field and, unless it is tagged, reads it. */
function readField(message: MessageDefinition, struct: StructDefinition, field: FieldDefinition): string[] {
  const local = localName(field);
  const type = decodedType(message, field);
  const fallback = defaultExpression(message, field);
  if (field.tag !== undefined) return [`let ${local}: ${type} = ${fallback};`];
  const condition = versionCondition(field.versions, struct.versions);
  const flexible = fieldFlexibleExpression(message, struct, field);
  if (!field.isArray) {
    const value = singleValue(message, field, flexible);
    return [`const ${local} = ${condition === undefined ? value : `${condition} ? ${value} : ${fallback}`};`];
  }
  if (condition === undefined) return readArray(message, field, { flexible, declare: true });
  return [
    `let ${local}: ${type} = ${fallback};`,
    ...block(`if (${condition})`, readArray(message, field, { flexible, declare: false })),
  ];
}

/** The expression that reads a field that is no list. */
function singleValue(message: MessageDefinition, field: FieldDefinition, flexible: string): string {
  const plain = elementValue(message, field, flexible);
  if (field.nullableVersions === undefined) return plain;
  const nullable =
    field.struct === undefined ? nullablePrimitive(field.type, flexible) : nullableStruct(field, plain);
  const condition = versionCondition(field.nullableVersions, field.versions);
  return condition === undefined ? parenthesize(nullable) : `(${condition} ? ${nullable} : ${plain})`;
}

/** One byte, -1 or 1, says whether the struct is there; inside of a tag it is a varint, 0 or 1. */
function nullableStruct(field: FieldDefinition, read: string): string {
  return `${field.tag === undefined ? 'reader.int8() < 0' : 'reader.unsignedVarint() === 0'} ? null : ${read}`;
}

function parenthesize(expression: string): string {
  return expression.includes('?') ? `(${expression})` : expression;
}

function nullablePrimitive(type: string, flexible: string): string {
  return type === 'string' ? `reader.nullableString(${flexible})` : `reader.nullableBytes(${flexible})`;
}

function elementValue(message: MessageDefinition, field: FieldDefinition, flexible: string): string {
  if (field.struct !== undefined) return `read${structTypeName(message, field.struct)}(reader, version)`;
  switch (field.type) {
    case 'bool':
      return 'reader.boolean()';
    case 'string':
      return `reader.string(${flexible})`;
    case 'bytes':
    case 'records':
      return `reader.bytes(${flexible})`;
    default:
      return `reader.${field.type}()`;
  }
}

interface ArrayOptions {
  readonly flexible: string;
  /** Declare the local here, instead of assigning the one declared before. */
  readonly declare: boolean;
}

function readArray(message: MessageDefinition, field: FieldDefinition, options: ArrayOptions): string[] {
  const local = localName(field);
  const count = `${field.name}Count`;
  const element = decodedType(message, { ...field, nullableVersions: undefined });
  const lines = [`const ${count} = ${arrayCount(message, field, options.flexible)};`];
  const isInt32 = field.type === 'int32';
  const create = isInt32 ? `reader.int32Elements(${count})` : `new Array<${element.slice(0, -2)}>(${count})`;
  const value = elementValue(message, field, options.flexible);
  const fill = isInt32 ? [] : block(`for (let i = 0; i < ${count}; i++)`, [`${local}[i] = ${value};`]);
  if (field.nullableVersions === undefined) {
    lines.push(options.declare ? `const ${local} = ${create};` : `${local} = ${create};`, ...fill);
    return lines;
  }
  if (options.declare) lines.push(`let ${local}: ${element} | null = null;`);
  const assign = block(`if (${count} >= 0)`, [`${local} = ${create};`, ...fill]);
  const otherwise = options.declare ? [] : [`if (${count} < 0) ${local} = null;`];
  return [...lines, ...otherwise, ...assign];
}

function arrayCount(message: MessageDefinition, field: FieldDefinition, flexible: string): string {
  const parameters = `${flexible}, ${minElementBytes(message, field)}`;
  const plain = `reader.arrayLength(${parameters})`;
  if (field.nullableVersions === undefined) return plain;
  const nullable = `reader.nullableArrayLength(${parameters})`;
  const condition = versionCondition(field.nullableVersions, field.versions);
  return condition === undefined ? nullable : `${condition} ? ${nullable} : ${plain}`;
}

function readTagSection(message: MessageDefinition, struct: StructDefinition): string[] {
  const flexible = flexibleExpression(message, struct);
  if (flexible === 'false') return [];
  const tagged = struct.fields.filter((field) => field.tag !== undefined);
  if (tagged.length === 0) {
    const read = 'reader.unknownTaggedFields()';
    return [`const unknownTaggedFields = ${flexible === 'true' ? read : `flexible ? ${read} : undefined`};`];
  }
  const cases = tagged.flatMap((field) => readTaggedField(message, struct, field));
  const loop = block('for (let count = reader.tagCount(), previous = -1; count > 0; count--)', [
    'const tag = reader.nextTag(previous);',
    'const size = reader.tagSize();',
    'const end = reader.position + size;',
    ...tagSwitch(cases),
    'reader.endTag(tag, end);',
    'previous = tag;',
  ]);
  return [
    'let unknownTaggedFields: UnknownTaggedField[] | undefined;',
    ...(flexible === 'true' ? loop : guarded('flexible', loop)),
  ];
}

function tagSwitch(cases: readonly string[]): string[] {
  const fallback = [
    'default:',
    ...indent(['(unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });']),
  ];
  return block('switch (tag)', [...cases, ...fallback]);
}

/** A tag that the version does not have yet falls to the unknown ones, and so survives. */
function readTaggedField(
  message: MessageDefinition,
  struct: StructDefinition,
  field: FieldDefinition,
): string[] {
  const local = localName(field);
  const read = field.isArray
    ? readArray(message, field, { flexible: 'true', declare: false })
    : [`${local} = ${singleValue(message, field, 'true')};`];
  const flexibleVersions = {
    min: Math.max(struct.versions.min, message.flexibleFrom ?? 0),
    max: struct.versions.max,
  };
  const condition = isSameRange(field.versions, flexibleVersions)
    ? undefined
    : versionCondition(field.versions, flexibleVersions);
  if (condition === undefined) return block(`case ${field.tag}:`, [...read, 'break;']);
  const unknown = '(unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });';
  const either = [...block(`if (${condition})`, read).slice(0, -1), ...block('} else', [unknown])];
  return block(`case ${field.tag}:`, [...either, 'break;']);
}
