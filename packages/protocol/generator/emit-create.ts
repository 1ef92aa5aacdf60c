import { block } from './code-lines.ts';
import type { MessageDefinition, StructDefinition } from './definition.ts';
import { hasTagSection } from './flexible-expression.ts';
import { defaultExpression, structTypeName } from './typescript-type.ts';

/** The function that makes a struct with the default in every field. */
export function emitCreate(message: MessageDefinition, struct: StructDefinition): string[] {
  const name = structTypeName(message, struct);
  const lines = struct.fields.map((field) => `${field.name}: ${defaultExpression(message, field)},`);
  if (hasTagSection(message, struct)) lines.push('unknownTaggedFields: undefined,');
  const literal = block('return', lines);
  return block(`function create${name}(): ${name}`, [...literal.slice(0, -1), '};']);
}
