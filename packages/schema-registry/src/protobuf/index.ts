/**
 * Protobuf for the schema registry: `.proto` files and descriptors, their compatibility, and a serde.
 *
 * ```ts
 * import { ProtobufCodec, ProtobufSchema } from '@millrace/schema-registry/protobuf';
 *
 * const schema = ProtobufSchema.parse(`
 *   syntax = "proto3";
 *   message Order { int64 order_id = 1; string customer = 2; }
 * `);
 * const codec = new ProtobufCodec(schema.message('Order')!);
 * const bytes = codec.encode({ orderId: 42, customer: 'c-7' });
 * codec.decode(bytes); // { orderId: 42, customer: 'c-7' }
 * ```
 *
 * @packageDocumentation
 */
export { protobufFormat } from './protobuf-format.ts';
export { messageIndexes, ProtobufSchema } from './protobuf-schema.ts';

// The serde.
export { protobuf, type ProtobufSerdeOptions, type ProtobufSerdeProperties } from './serde/protobuf-serde.ts';
export { protobufSerdeFormat, type ProtobufSerdeFormatOptions } from './serde/protobuf-serde-format.ts';
export { parseWithImports, type ImportTexts } from './serde/import-texts.ts';

// Values and bytes.
export { ProtobufCodec } from './codec/protobuf-codec.ts';
export type { ProtobufCodecOptions } from './codec/codec-options.ts';

// What schemas are made of.
export type {
  EnumModel,
  EnumValueModel,
  FieldModel,
  FileModel,
  MessageModel,
  OneofModel,
  ServiceModel,
} from './link/model.ts';
export type { Difference, DifferenceType } from './compatibility/difference.ts';
export { fileDifferences } from './compatibility/file-differences.ts';

// Types.
export { protobufSchemaTypes, type ProtobufTypesOptions } from './typescript-types.ts';

// Descriptors.
export { ProtoCompiler, type FindText } from './descriptor/compile-proto.ts';
