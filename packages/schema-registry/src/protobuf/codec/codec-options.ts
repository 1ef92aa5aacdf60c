/** How values look on the side of JavaScript. The bytes are the same whatever is chosen. */
export interface ProtobufCodecOptions {
  /**
   * How integers of 64 bits are read. `number`: as a number, and as a bigint only where a number would not be exact (beyond
   * 2^53). `bigint`: always as a bigint. `string`: in decimal. All three are written. Default `number`.
   */
  readonly longs?: 'number' | 'bigint' | 'string';
  /** How enums are read: by name, and by number where there is none; or always by number. Both are written. Default `name`. */
  readonly enums?: 'name' | 'number';
  /** What fields are called: by their JSON names (`orderId`), or as in the `.proto` file (`order_id`). Default `json`. */
  readonly fieldNames?: 'json' | 'proto';
}

/** The same with defaults. */
export type ProtobufCodecSettings = Required<ProtobufCodecOptions>;

export function codecSettings(options: ProtobufCodecOptions): ProtobufCodecSettings {
  return { longs: 'number', enums: 'name', fieldNames: 'json', ...options };
}

/** What a field is called on the side of JavaScript. */
export function propertyName(
  field: { readonly name: string; readonly jsonName: string },
  { fieldNames }: ProtobufCodecSettings,
): string {
  return fieldNames === 'json' ? field.jsonName : field.name;
}
