import { FieldType } from '../descriptor/descriptor.ts';
import { DEFAULT_FEATURES, inheritFeatures, optionNumber, type Features } from './features.ts';
import { isMapField, type EnumModel, type FieldModel, type FileModel, type MessageModel } from './model.ts';

/** Where each options message keeps its `FeatureSet`. */
const FEATURES_FIELD = { file: 50, message: 12, field: 21, oneof: 1, enum: 7 } as const;

/** `FieldOptions.packed` and `MessageOptions.map_entry`. */
const PACKED = 2;
const MAP_ENTRY = 7;

/** Works out features of a file and, from them, presence, packing and encoding of every field. */
export function completeFields(file: FileModel): void {
  for (const symbol of file.symbols.values()) {
    if (symbol.kind === 'message')
      symbol.isMapEntry = optionNumber(symbol.descriptor.options, MAP_ENTRY) === 1;
  }
  const features = inheritFeatures(
    DEFAULT_FEATURES[file.syntax],
    file.descriptor.options,
    FEATURES_FIELD.file,
  );
  for (const type of file.enums) completeEnum(type, features);
  for (const message of file.messages) completeMessage(message, features);
  for (const extension of file.extensions) completeField(extension, features);
}

function completeMessage(message: MessageModel, inherited: Features): void {
  message.features = inheritFeatures(inherited, message.descriptor.options, FEATURES_FIELD.message);
  for (const type of message.enums) completeEnum(type, message.features);
  for (const nested of message.messages) completeMessage(nested, message.features);
  for (const [index, oneof] of message.oneofs.entries()) {
    const { options } = message.descriptor.oneofDecl[index] ?? {};
    oneof.features = inheritFeatures(message.features, options, FEATURES_FIELD.oneof);
  }
  for (const field of message.fields) completeField(field, (field.oneof ?? message).features);
  for (const extension of message.extensions) completeField(extension, message.features);
}

function completeEnum(type: EnumModel, inherited: Features): void {
  type.isClosed =
    inheritFeatures(inherited, type.descriptor.options, FEATURES_FIELD.enum).enumType === 'CLOSED';
}

function completeField(field: FieldModel, inherited: Features): void {
  const { options } = field.descriptor;
  field.features = inheritFeatures(inherited, options, FEATURES_FIELD.field);
  const { fieldPresence, messageEncoding, repeatedFieldEncoding } = field.features;
  const inMap = isMapField(field) || field.parent?.isMapEntry === true;
  if (field.type === FieldType.MESSAGE && messageEncoding === 'DELIMITED' && !inMap)
    field.type = FieldType.GROUP;
  field.isRequired ||= fieldPresence === 'LEGACY_REQUIRED' && !field.isRepeated && field.oneof === undefined;
  field.hasPresence =
    !field.isRepeated &&
    (field.message !== undefined ||
      field.oneof !== undefined ||
      field.extendee !== undefined ||
      fieldPresence !== 'IMPLICIT');
  const packed = optionNumber(options, PACKED);
  const wantsPacked = packed === undefined ? repeatedFieldEncoding === 'PACKED' : packed === 1;
  field.isPacked = field.isRepeated && isPackable(field.type) && wantsPacked;
}

/** Whether values of the type can stand one after the other in one field. */
export function isPackable(type: number): boolean {
  return (
    type !== FieldType.STRING &&
    type !== FieldType.BYTES &&
    type !== FieldType.MESSAGE &&
    type !== FieldType.GROUP
  );
}
