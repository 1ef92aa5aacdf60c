/** The formats a registry knows. Also what `--type` takes. */
export const schemaTypes = ['AVRO', 'PROTOBUF', 'JSON'] as const;

/** The levels of compatibility. Also what `--level` takes. */
export const schemaLevels = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const;
