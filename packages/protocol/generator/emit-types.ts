import { block } from './code-lines.ts';
import type { MessageDefinition, StructDefinition } from './definition.ts';
import { hasTagSection } from './flexible-expression.ts';
import { decodedType, inputType, isOptional, structTypeName } from './typescript-type.ts';

/** The interface of the decoded shape. */
export function emitDecodedInterface(message: MessageDefinition, struct: StructDefinition): string[] {
  const lines = struct.fields.map((field) => `${field.name}: ${decodedType(message, field)};`);
  if (hasTagSection(message, struct)) lines.push('unknownTaggedFields?: UnknownTaggedField[] | undefined;');
  return block(`export interface ${structTypeName(message, struct)}`, lines);
}

/** The interface of what the writer takes. */
export function emitInputInterface(message: MessageDefinition, struct: StructDefinition): string[] {
  const lines = struct.fields.map((field) => {
    const type = inputType(message, field);
    return isOptional(field, struct)
      ? `readonly ${field.name}?: ${type} | undefined;`
      : `readonly ${field.name}: ${type};`;
  });
  if (hasTagSection(message, struct)) {
    lines.push('readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;');
  }
  return block(`export interface ${structTypeName(message, struct)}Input`, lines);
}
