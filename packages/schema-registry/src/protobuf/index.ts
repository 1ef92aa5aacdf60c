/**
 * Protobuf schemas: parsed from `.proto` text or descriptors, printed as registries store them, compared.
 *
 * @packageDocumentation
 */
export { protobufFormat } from './protobuf-format.ts';
export { messageIndexes, ProtobufSchema } from './protobuf-schema.ts';
