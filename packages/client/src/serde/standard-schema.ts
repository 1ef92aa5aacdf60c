import { serdes } from './built-in-serdes.ts';
import type { Deserializer, Serializer } from './serde.ts';
import { ValidationError } from './serde-errors.ts';

/** What Zod, Valibot, ArkType and others agree on: https://standardschema.dev, version 1. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** `issues` is undefined when the value is right. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that does not fit, as a validator says it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

type Types<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>;

/** What the producer hands over. */
export type SchemaInput<Schema extends StandardSchema> = Types<Schema>['input'];
/** What the consumer gets. */
export type SchemaOutput<Schema extends StandardSchema> = Types<Schema>['output'];

/**
 * Checks with `validator` what is sent and what is read, and lets `inner` (default JSON) do the bytes.
 *
 * On the wire is what the producer hands over, once the validator accepts it; what the validator makes of it
 * (defaults, transformations) is what the consumer gets. A validator that answers with a promise makes serializing
 * asynchronous, one that does not keeps it synchronous.
 * @throws ValidationError, as the cause of a SerializationError or DeserializationError
 */
export function standardSchema<Schema extends StandardSchema>(
  validator: Schema,
  inner: Serializer<SchemaInput<Schema>> & Deserializer<unknown> = serdes.json(),
): Serializer<SchemaInput<Schema>> & Deserializer<SchemaOutput<Schema>> {
  const check = (value: unknown): SchemaOutput<Schema> | Promise<SchemaOutput<Schema>> => {
    const { vendor, validate } = validator['~standard'];
    const result = validate(value);
    return result instanceof Promise
      ? result.then((late) => accepted(vendor, late))
      : accepted(vendor, result);
  };
  return {
    serialize(data, context) {
      const checked = check(data);
      return checked instanceof Promise
        ? checked.then(() => inner.serialize(data, context))
        : inner.serialize(data, context);
    },
    deserialize(data, context) {
      const value = inner.deserialize(data, context);
      return value instanceof Promise ? value.then(check) : check(value);
    },
  };
}

function accepted<Output>(vendor: string, result: StandardResult<Output>): Output {
  if (result.issues === undefined) return result.value;
  throw new ValidationError(
    vendor,
    result.issues.map(({ message, path = [] }) => ({
      message,
      path: path.map((step) => (typeof step === 'object' ? step.key : step)),
    })),
  );
}
