/** How values look on the side of JavaScript. The bytes are the same whatever is chosen. */
export interface AvroCodecOptions {
  /**
   * How a `long` is read. `number`: as a number, and as a bigint only where a number would not be exact (beyond 2^53).
   * `bigint`: always as a bigint. Both are written. Default `number`.
   */
  readonly longs?: 'number' | 'bigint';
  /**
   * How values of unions look. `natural`: as they are; where several branches would do, the first one is written, unless
   * the value is wrapped. `wrapped`: as an object with the name of the branch, `{ string: 'x' }`, null as null.
   * Default `natural`.
   */
  readonly unions?: 'natural' | 'wrapped';
  /**
   * Turn logical types into values of JavaScript, see {@link logicalForms}; Confluent's name for this is
   * `avro.use.logical.type.converters`. Default false: the numbers, strings and bytes below them.
   */
  readonly logicalTypes?: boolean;
  /** Refuse payloads that go on after their value; `avro.fail.on.trailing.data`. Default false. */
  readonly failOnTrailingData?: boolean;
}

/** The same with defaults. */
export type AvroCodecSettings = Required<AvroCodecOptions>;

export function codecSettings(options: AvroCodecOptions): AvroCodecSettings {
  return { longs: 'number', unions: 'natural', logicalTypes: false, failOnTrailingData: false, ...options };
}
