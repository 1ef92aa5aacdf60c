import { NEVER_FLEXIBLE } from '../src/wire/limits.ts';
import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';

/** How generated code says "this version is flexible" inside a struct: a literal, or the local `flexible`. */
export function flexibleExpression(message: MessageDefinition, struct: StructDefinition): string {
  const from = message.flexibleFrom ?? NEVER_FLEXIBLE;
  if (from <= struct.versions.min) return 'true';
  return from > struct.versions.max ? 'false' : 'flexible';
}

/** The same for one field; only the client id of the request header differs from its struct. */
export function fieldFlexibleExpression(
  message: MessageDefinition,
  struct: StructDefinition,
  field: FieldDefinition,
): string {
  return field.inflexible ? 'false' : flexibleExpression(message, struct);
}

/** The line that declares the local `flexible`, when the struct needs it. */
export function flexibleLocal(message: MessageDefinition, struct: StructDefinition): string[] {
  if (flexibleExpression(message, struct) !== 'flexible') return [];
  return [`const flexible = version >= ${message.flexibleFrom};`];
}

/** Has the struct a tag section in any version? */
export function hasTagSection(message: MessageDefinition, struct: StructDefinition): boolean {
  return flexibleExpression(message, struct) !== 'false';
}
