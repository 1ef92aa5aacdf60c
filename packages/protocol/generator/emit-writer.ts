import { block, functionBlock, guarded, localName, mentionsParameter } from './code-lines.ts';
import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';
import { hasValueCondition } from './emit-value-check.ts';
import { fieldPath } from './field-path.ts';
import { fieldFlexibleExpression, flexibleExpression, flexibleLocal } from './flexible-expression.ts';
import { defaultExpression, isOptional, structTypeName } from './typescript-type.ts';
import { isSameRange, versionCondition } from './version-range.ts';

/** The function that writes one struct. */
export function emitWriter(message: MessageDefinition, struct: StructDefinition): string[] {
  const name = structTypeName(message, struct);
  const body = [
    ...flexibleLocal(message, struct),
    ...struct.fields.flatMap((field) => writeField(message, struct, field)),
    ...writeTagSection(message, struct),
  ];
  const versionParameter = mentionsParameter(body, 'version') ? 'version' : '_version';
  const messageParameter = mentionsParameter(body, 'message') ? 'message' : '_message';
  const parameters = [
    'writer: WireWriter',
    `${messageParameter}: ${name}Input`,
    `${versionParameter}: number`,
  ];
  return functionBlock(`write${name}`, parameters, 'void', body);
}

function fieldLocal(message: MessageDefinition, struct: StructDefinition, field: FieldDefinition): string {
  const value = `message.${field.name}`;
  const local = localName(field);
  if (!isOptional(field, struct)) return `const ${local} = ${value};`;
  // Not `??`: a null in a field that may not be null has to be an error, not the default.
  return `const ${local} = ${value} === undefined ? ${defaultExpression(message, field)} : ${value};`;
}

function writeField(message: MessageDefinition, struct: StructDefinition, field: FieldDefinition): string[] {
  const declaration = fieldLocal(message, struct, field);
  const condition = versionCondition(field.versions, struct.versions);
  if (field.tag !== undefined) {
    if (condition === undefined || field.ignorable) return [declaration];
    return [declaration, ...refuse(message, field, `!(${condition})`)];
  }
  const flexible = fieldFlexibleExpression(message, struct, field);
  const write = writeValue(message, field, flexible);
  if (condition === undefined) return [declaration, ...write];
  if (field.ignorable) return block(`if (${condition})`, [declaration, ...write]);
  const written = block(`if (${condition})`, write);
  return [
    declaration,
    ...written.slice(0, -1),
    ...block(`} else if (${hasValueCondition(message, field, localName(field))})`, [
      `throw writer.notInVersion('${fieldPath(message, field)}');`,
    ]),
  ];
}

function refuse(message: MessageDefinition, field: FieldDefinition, condition: string): string[] {
  const hasValue = hasValueCondition(message, field, localName(field));
  return block(`if (${condition} && ${hasValue})`, [
    `throw writer.notInVersion('${fieldPath(message, field)}');`,
  ]);
}

function writeValue(message: MessageDefinition, field: FieldDefinition, flexible: string): string[] {
  const local = localName(field);
  if (field.isArray) return writeNullable(message, field, flexible, writeArray(message, field, flexible));
  if (field.struct !== undefined) {
    const write = `write${structTypeName(message, field.struct)}(writer, ${local}, version);`;
    if (field.nullableVersions === undefined) return [write];
    return writeNullable(message, field, flexible, [
      field.tag === undefined ? 'writer.int8(1);' : 'writer.unsignedVarint(1);',
      write,
    ]);
  }
  if (field.nullableVersions === undefined) return [elementWrite(message, field, local, flexible)];
  const condition = versionCondition(field.nullableVersions, field.versions);
  const refuseNull =
    condition === undefined
      ? []
      : block(`if (${local} === null && !(${condition}))`, [
          `throw writer.nullNotAllowed('${fieldPath(message, field)}');`,
        ]);
  const method = { string: 'nullableString', bytes: 'nullableBytes', records: 'nullableRecords' }[field.type];
  return [...refuseNull, `writer.${method}(${local}, ${flexible}, '${fieldPath(message, field)}');`];
}

/** A list or struct that may be null. */
function writeNullable(
  message: MessageDefinition,
  field: FieldDefinition,
  flexible: string,
  write: readonly string[],
): string[] {
  if (field.nullableVersions === undefined) return [...write];
  const condition = versionCondition(field.nullableVersions, field.versions);
  const refuseNull =
    condition === undefined
      ? []
      : [`if (!(${condition})) throw writer.nullNotAllowed('${fieldPath(message, field)}');`];
  const writeNull = field.isArray ? `writer.nullArray(${flexible});` : writeNullStruct(field);
  return [
    ...block(`if (${localName(field)} === null)`, [...refuseNull, writeNull]).slice(0, -1),
    ...block('} else', write),
  ];
}

function writeNullStruct(field: FieldDefinition): string {
  return field.tag === undefined ? 'writer.int8(-1);' : 'writer.unsignedVarint(0);';
}

function writeArray(message: MessageDefinition, field: FieldDefinition, flexible: string): string[] {
  const local = localName(field);
  const count = `${field.name}Count`;
  const element = elementWrite(message, field, `${local}[i]!`, flexible);
  const path = fieldPath(message, field);
  return [
    `const ${count} = writer.arrayLength(${local}, ${flexible}, '${path}');`,
    ...block(`for (let i = 0; i < ${count}; i++)`, [element]),
  ];
}

function elementWrite(
  message: MessageDefinition,
  field: FieldDefinition,
  value: string,
  flexible: string,
): string {
  if (field.struct !== undefined)
    return `write${structTypeName(message, field.struct)}(writer, ${value}, version);`;
  const path = fieldPath(message, field);
  switch (field.type) {
    case 'bool':
      return `writer.boolean(${value}, '${path}');`;
    case 'string':
    case 'bytes':
    case 'records':
      return `writer.${field.type}(${value}, ${flexible}, '${path}');`;
    default:
      return `writer.${field.type}(${value}, '${path}');`;
  }
}

function writeTagSection(message: MessageDefinition, struct: StructDefinition): string[] {
  const flexible = flexibleExpression(message, struct);
  if (flexible === 'false') return [];
  const tagged = struct.fields.filter((field) => field.tag !== undefined).toSorted((a, b) => a.tag! - b.tag!);
  if (tagged.length === 0) {
    return guarded(flexible === 'true' ? undefined : 'flexible', [
      'writer.unknownTaggedFields(message.unknownTaggedFields);',
    ]);
  }
  const flexibleVersions = {
    min: Math.max(struct.versions.min, message.flexibleFrom ?? 0),
    max: struct.versions.max,
  };
  const body = [
    'const unknown = message.unknownTaggedFields;',
    ...tagged.map((field) => {
      const hasValue = hasValueCondition(message, field, localName(field));
      const inVersion = isSameRange(field.versions, flexibleVersions)
        ? undefined
        : versionCondition(field.versions, flexibleVersions);
      return `const has${field.tag} = ${inVersion === undefined ? '' : `${inVersion} && `}${hasValue};`;
    }),
    'let tagCount = unknown === undefined ? 0 : unknown.length;',
    ...tagged.map((field) => `if (has${field.tag}) tagCount++;`),
    'writer.unsignedVarint(tagCount);',
    'let next = 0;',
    ...tagged.flatMap((field) => writeTaggedField(message, field)),
    'writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);',
  ];
  return guarded(flexible === 'true' ? undefined : 'flexible', body);
}

function writeTaggedField(message: MessageDefinition, field: FieldDefinition): string[] {
  return block(`if (has${field.tag})`, [
    `next = writer.unknownTagsBelow(unknown, next, ${field.tag});`,
    `const mark = writer.beginTag(${field.tag});`,
    ...writeValue(message, field, 'true'),
    'writer.endTag(mark);',
  ]);
}
