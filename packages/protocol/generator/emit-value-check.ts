import { block } from './code-lines.ts';
import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';
import { hasTagSection } from './flexible-expression.ts';
import { defaultExpression, isOptional, structTypeName } from './typescript-type.ts';

/** The condition for "`value` is not the default of the field". */
export function hasValueCondition(message: MessageDefinition, field: FieldDefinition, value: string): string {
  const fallback = defaultExpression(message, field);
  if (fallback === 'null') return `${value} !== null`;
  const orNull = field.nullableVersions === undefined ? '' : `${value} === null || `;
  if (field.struct !== undefined && !field.isArray) {
    return `${orNull}hasValue${structTypeName(message, field.struct)}(${value})`;
  }
  if (field.isArray || field.type === 'bytes' || field.type === 'records')
    return `${orNull}${value}.length > 0`;
  if (fallback === 'false') return value;
  return fallback === 'true' ? `!${value}` : `${value} !== ${fallback}`;
}

/** The structs that have to be compared with their default: those in a single field that is tagged or not in all versions. */
export function structsToCheck(message: MessageDefinition): Set<StructDefinition> {
  const found = new Set<StructDefinition>();
  for (const struct of [message.root, ...message.structs]) {
    for (const field of struct.fields) {
      if (field.struct === undefined || field.isArray) continue;
      if (isOptional(field, struct) && defaultExpression(message, field) !== 'null')
        addWithInner(field.struct, found);
    }
  }
  return found;
}

function addWithInner(struct: StructDefinition, found: Set<StructDefinition>): void {
  if (found.has(struct)) return;
  found.add(struct);
  for (const field of struct.fields) {
    if (field.struct !== undefined && !field.isArray && field.default !== 'null')
      addWithInner(field.struct, found);
  }
}

/** The function that tells whether any field of a struct differs from its default. */
export function emitValueCheck(message: MessageDefinition, struct: StructDefinition): string[] {
  const name = structTypeName(message, struct);
  const conditions = struct.fields.map((field) => {
    const value = `message.${field.name}`;
    const condition = hasValueCondition(message, field, value);
    if (!isOptional(field, struct)) return condition;
    return `(${value} !== undefined && ${condition.includes('||') ? `(${condition})` : condition})`;
  });
  if (hasTagSection(message, struct)) {
    conditions.push('(message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)');
  }
  const lines = conditions.map(
    (condition, index) => `  ${condition}${index < conditions.length - 1 ? ' ||' : ''}`,
  );
  return block(`function hasValue${name}(message: ${name}Input): boolean`, ['return (', ...lines, ');']);
}
