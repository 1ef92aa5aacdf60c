import type { FieldDefinition, MessageDefinition, StructDefinition } from './definition.ts';

/**
 * The place of a field for error texts: the names from the message down, `topics.partitions.partition`. Below a struct
 * that several fields share, the names begin with the struct: `TopicPartitions.topicId`.
 */
export function fieldPath(message: MessageDefinition, field: FieldDefinition): string {
  const owner = [message.root, ...message.structs].find((struct) => struct.fields.includes(field));
  if (owner === undefined) throw new Error(`${message.name} has no field ${field.name}`);
  const prefix = structPath(message, owner);
  return prefix === '' ? field.name : `${prefix}.${field.name}`;
}

function structPath(message: MessageDefinition, struct: StructDefinition): string {
  if (struct === message.root) return '';
  const users = [message.root, ...message.structs].flatMap((candidate) =>
    candidate.fields.filter((field) => field.struct === struct),
  );
  return users.length === 1 ? fieldPath(message, users[0] as FieldDefinition) : struct.name;
}
