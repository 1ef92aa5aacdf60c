import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. */
export const configErrors = {
  INVALID_PROPERTY: {
    code: 'ERR_CONFIG_INVALID_PROPERTY',
    retriable: false,
    kafkaCode: 40,
    summary: 'A property is missing, unknown, or has an illegal value.',
    help: 'The message names the property, the value it has and the values it may have.',
  },
  PROPERTIES_FILE: {
    code: 'ERR_CONFIG_PROPERTIES_FILE',
    retriable: false,
    summary: 'A .properties file cannot be parsed.',
    help: 'The message names the line. The format is that of java.util.Properties: key=value, # for comments.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** A property that there is not, that is missing, or whose value is illegal. */
export class InvalidPropertyError extends MillraceError {
  readonly property: string;

  constructor(property: string, message: string, options?: ErrorOptions) {
    super(configErrors.INVALID_PROPERTY, message, options);
    this.property = property;
  }

  static missing(name: string, doc: string): InvalidPropertyError {
    return new InvalidPropertyError(name, `Property "${name}" is required: ${doc}`);
  }

  static unknown(name: string, nearest: string | undefined): InvalidPropertyError {
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    return new InvalidPropertyError(name, `Property "${name}" is not known${hint}`);
  }

  static illegal(name: string, value: unknown, cause: unknown): InvalidPropertyError {
    const legal = cause instanceof Error ? cause.message : String(cause);
    return new InvalidPropertyError(
      name,
      `Property "${name}" is ${JSON.stringify(value)}, but must be ${legal}`,
      {
        cause,
      },
    );
  }
}

/** A `.properties` file that cannot be understood; the message names the line. */
export class PropertiesFileError extends MillraceError {
  readonly line: number;

  constructor(source: string, line: number, problem: string) {
    super(configErrors.PROPERTIES_FILE, `${source}:${line}: ${problem}`);
    this.line = line;
  }
}
