import { MillraceError, type ErrorEntry } from './errors/millrace-error.ts';

/** Every error of the wire codec. Errors that travel on the wire are in `definitions/errors.def`. */
export const protocolErrors = {
  TRUNCATED: {
    code: 'ERR_PROTOCOL_TRUNCATED',
    retriable: false,
    summary: 'The bytes end before the message does.',
    help: 'The frame was cut, or its declared version is not the one it was written in. The message names the byte.',
  },
  INVALID_LENGTH: {
    code: 'ERR_PROTOCOL_INVALID_LENGTH',
    retriable: false,
    summary: 'A length or count is negative, above its limit, or larger than the bytes that remain.',
    help: 'The bytes are damaged or were written in another version. Nothing was allocated for the declared length.',
  },
  INVALID_VARINT: {
    code: 'ERR_PROTOCOL_INVALID_VARINT',
    retriable: false,
    summary: 'A variable-length integer has more bytes than its type allows.',
    help: 'The bytes are damaged or were written in another version.',
  },
  UNSAFE_INTEGER: {
    code: 'ERR_PROTOCOL_UNSAFE_INTEGER',
    retriable: false,
    summary: 'A 64-bit integer is beyond 2^53 - 1, so a JavaScript number cannot hold it exactly.',
    help: 'No offset, timestamp or producer id of a healthy cluster is this large; the bytes are damaged.',
  },
  NULL_VALUE: {
    code: 'ERR_PROTOCOL_NULL_VALUE',
    retriable: false,
    summary: 'A field is null, but its version of the message does not allow null.',
    help: 'When writing, give the field a value or use a version that allows null; when reading, the bytes are damaged.',
  },
  TAG_ORDER: {
    code: 'ERR_PROTOCOL_TAG_ORDER',
    retriable: false,
    summary: 'Tagged fields are repeated or not in ascending order.',
    help: 'The peer breaks KIP-482, or the bytes are damaged.',
  },
  TAG_SIZE: {
    code: 'ERR_PROTOCOL_TAG_SIZE',
    retriable: false,
    summary: 'A tagged field takes more or fewer bytes than its declared size.',
    help: 'The peer breaks KIP-482, or the bytes are damaged.',
  },
  INVALID_VALUE: {
    code: 'ERR_PROTOCOL_INVALID_VALUE',
    retriable: false,
    summary: 'A value cannot be written as the type of its field.',
    help: 'The message names the type and the value; give a value inside the range of the type.',
  },
  FIELD_NOT_IN_VERSION: {
    code: 'ERR_PROTOCOL_FIELD_NOT_IN_VERSION',
    retriable: false,
    kafkaCode: 35,
    summary:
      'A field has a value, but the version being written does not carry it and it may not be dropped.',
    help: 'Leave the field out, or talk to a peer that supports a newer version of the API.',
  },
  UNSUPPORTED_VERSION: {
    code: 'ERR_PROTOCOL_UNSUPPORTED_VERSION',
    retriable: false,
    kafkaCode: 35,
    summary: 'The version of a message is outside the range this library implements.',
    help: 'Negotiate with ApiVersions first; the message names the range.',
  },
  UNKNOWN_API: {
    code: 'ERR_PROTOCOL_UNKNOWN_API',
    retriable: false,
    kafkaCode: 35,
    summary: 'A request header holds an API key that does not exist or was removed in Kafka 4.0.',
    help: 'The peer is not a Kafka client, or is older than Kafka 2.1; close the connection.',
  },
  FRAME_SIZE: {
    code: 'ERR_PROTOCOL_FRAME_SIZE',
    retriable: false,
    summary: 'A frame declares a negative size or one above the limit.',
    help: 'The peer is not a Kafka client (a TLS or HTTP client looks like this), or raise socket.request.max.bytes.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Where in the bytes, and in which message, reading failed. */
export interface DecodePlace {
  /** Name of the message being read, for example `FetchRequest`; empty outside of messages. */
  readonly messageName: string;
  /** Version of that message; -1 outside of messages. */
  readonly version: number;
  /** Byte position in the buffer that was being read. */
  readonly position: number;
}

/** Bytes that are not what they claim to be. Thrown by everything that reads; never retriable. */
export class DecodeError extends MillraceError {
  readonly messageName: string;
  readonly version: number;
  readonly position: number;

  constructor(entry: ErrorEntry, place: DecodePlace, problem: string) {
    super(entry, `${placeText(place)}${problem}`);
    this.messageName = place.messageName;
    this.version = place.version;
    this.position = place.position;
  }
}

/** A value that cannot be written. Thrown before anything reaches a socket; never retriable. */
export class EncodeError extends MillraceError {
  readonly messageName: string;
  readonly version: number;

  constructor(
    entry: ErrorEntry,
    place: Omit<DecodePlace, 'position'>,
    problem: string,
    options?: ErrorOptions,
  ) {
    const where = place.messageName === '' ? '' : `${place.messageName} version ${place.version}: `;
    super(entry, where + problem, options);
    this.messageName = place.messageName;
    this.version = place.version;
  }
}

/** A message version, or an API, that this library does not implement. */
export class UnsupportedVersionError extends MillraceError {
  readonly version: number;

  constructor(
    name: string,
    version: number,
    range: { readonly minVersion: number; readonly maxVersion: number },
  ) {
    super(
      protocolErrors.UNSUPPORTED_VERSION,
      `${name} version ${version} is not supported; supported are ${range.minVersion} to ${range.maxVersion}`,
    );
    this.version = version;
  }
}

function placeText(place: DecodePlace): string {
  const message = place.messageName === '' ? '' : `${place.messageName} version ${place.version}, `;
  return `${message}byte ${place.position}: `;
}
