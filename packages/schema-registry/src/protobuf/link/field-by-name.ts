import { FieldType } from '../descriptor/descriptor.ts';
import type { FieldModel, MessageModel } from './model.ts';

const byName = new WeakMap<MessageModel, ReadonlyMap<string, FieldModel>>();

/** A field by its name; within braces of options a group goes by the name of its message too. */
export function fieldByName(type: MessageModel, name: string): FieldModel | undefined {
  let fields = byName.get(type);
  if (fields === undefined) {
    const groups = type.fields.filter(
      (field) => field.type === FieldType.GROUP && field.message !== undefined,
    );
    fields = new Map([
      ...groups.map((field) => [field.message?.name ?? '', field] as const),
      ...type.fields.map((field) => [field.name, field] as const),
    ]);
    byName.set(type, fields);
  }
  return fields.get(name);
}
