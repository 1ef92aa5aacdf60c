import type { DescriptorProto, FieldDescriptorProto, FileDescriptorProto } from './descriptor.ts';
import { defaultJsonName } from './names.ts';

/** A copy of `file` in which every field states its JSON name, as what protoc writes does. */
export function withJsonNames(file: FileDescriptorProto): FileDescriptorProto {
  return {
    ...file,
    messageType: file.messageType.map(messageWithJsonNames),
    extension: file.extension.map(fieldWithJsonName),
  };
}

function messageWithJsonNames(message: DescriptorProto): DescriptorProto {
  return {
    ...message,
    field: message.field.map(fieldWithJsonName),
    extension: message.extension.map(fieldWithJsonName),
    nestedType: message.nestedType.map(messageWithJsonNames),
  };
}

function fieldWithJsonName(field: FieldDescriptorProto): FieldDescriptorProto {
  return { ...field, jsonName: field.jsonName ?? defaultJsonName(field.name) };
}
