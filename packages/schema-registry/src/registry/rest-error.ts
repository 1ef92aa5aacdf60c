import { MillraceError } from '@millrace/protocol';
import { registryErrors } from '../errors.ts';

/** The error codes of the REST API. The HTTP status is the first three digits. */
export const restErrorCodes = {
  SUBJECT_NOT_FOUND: { errorCode: 40401, summary: 'The subject, or the context, does not exist.' },
  VERSION_NOT_FOUND: { errorCode: 40402, summary: 'The subject has no such version.' },
  SCHEMA_NOT_FOUND: { errorCode: 40403, summary: 'No schema has this id, GUID or content.' },
  SUBJECT_SOFT_DELETED: { errorCode: 40404, summary: 'The subject was soft-deleted already.' },
  SUBJECT_NOT_SOFT_DELETED: {
    errorCode: 40405,
    summary: 'A permanent delete needs a soft delete of the subject before it.',
  },
  VERSION_SOFT_DELETED: { errorCode: 40406, summary: 'The version was soft-deleted already.' },
  VERSION_NOT_SOFT_DELETED: {
    errorCode: 40407,
    summary: 'A permanent delete needs a soft delete of the version before it.',
  },
  NO_SUBJECT_COMPATIBILITY: { errorCode: 40408, summary: 'The subject has no settings of its own.' },
  NO_SUBJECT_MODE: { errorCode: 40409, summary: 'The subject has no mode of its own.' },
  ASSOCIATION_NOT_FOUND: { errorCode: 40410, summary: 'The resource has no association.' },
  INCOMPATIBLE_SCHEMA: {
    errorCode: 40901,
    summary: 'The schema does not fit an older version as the compatibility level demands.',
  },
  ASSOCIATION_FOR_RESOURCE_EXISTS: {
    errorCode: 40903,
    summary: 'The resource has another association of this type.',
  },
  ASSOCIATION_FOR_SUBJECT_EXISTS: { errorCode: 40904, summary: 'The subject has an association.' },
  STRONG_ASSOCIATION_EXISTS: { errorCode: 40905, summary: 'The subject belongs to a resource alone.' },
  NO_ACTIVE_VERSION: { errorCode: 40907, summary: 'The subject has no live version to associate.' },
  ASSOCIATION_FROZEN: { errorCode: 40908, summary: 'The association cannot be changed.' },
  INVALID_SCHEMA: { errorCode: 42201, summary: 'The schema, or a reference of it, makes no sense.' },
  INVALID_VERSION: { errorCode: 42202, summary: 'A version is a whole number from 1, or "latest".' },
  INVALID_COMPATIBILITY: { errorCode: 42203, summary: 'No such compatibility level or policy.' },
  INVALID_MODE: { errorCode: 42204, summary: 'No such mode, or not for this scope.' },
  NOT_PERMITTED: {
    errorCode: 42205,
    summary: 'The mode of the subject, or a rule about ids and associations, forbids it.',
  },
  REFERENCE_EXISTS: { errorCode: 42206, summary: 'Another schema refers to this one.' },
  INVALID_SUBJECT: { errorCode: 42208, summary: 'The name cannot be that of a subject.' },
  SCHEMA_TOO_LARGE: { errorCode: 42209, summary: 'The record would be larger than the topic takes.' },
  INVALID_RULE_SET: { errorCode: 42210, summary: 'A rule of the rule set makes no sense.' },
  CONTEXT_NOT_EMPTY: { errorCode: 42211, summary: 'The context has subjects, perhaps soft-deleted ones.' },
  INVALID_ASSOCIATION: { errorCode: 42212, summary: 'A property of the association makes no sense.' },
  BAD_REQUEST: { errorCode: 400, summary: 'The request cannot be read.' },
  UNAUTHORIZED: { errorCode: 401, summary: 'User and password are missing or wrong.' },
  NOT_FOUND: { errorCode: 404, summary: 'There is no such address.' },
  METHOD_NOT_ALLOWED: { errorCode: 405, summary: 'The address does not take this method.' },
  NOT_ACCEPTABLE: { errorCode: 406, summary: 'The answer has none of the media types that were asked for.' },
  TOO_LARGE: { errorCode: 413, summary: 'The request is larger than the limit.' },
  UNSUPPORTED_MEDIA_TYPE: { errorCode: 415, summary: 'The request has none of the media types of the API.' },
  UNPROCESSABLE: { errorCode: 422, summary: 'The request lacks its body.' },
  INTERNAL: { errorCode: 500, summary: 'The registry failed for another reason.' },
  STORE_FAILED: { errorCode: 50001, summary: 'The Kafka cluster behind the registry failed.' },
  TIMED_OUT: { errorCode: 50002, summary: 'The Kafka cluster behind the registry did not answer in time.' },
  FORWARDING_FAILED: { errorCode: 50003, summary: 'The instance that leads could not be reached.' },
  LEADER_UNKNOWN: { errorCode: 50004, summary: 'No instance leads at the moment.' },
} as const;

export type RestErrorName = keyof typeof restErrorCodes;

/** A request that the registry refuses, or cannot serve. */
export class RestError extends MillraceError {
  /** As in the answer's `error_code`. */
  readonly errorCode: number;

  constructor(name: RestErrorName, message: string, options?: ErrorOptions) {
    super(registryErrors.REQUEST_REFUSED, message, options);
    this.errorCode = restErrorCodes[name].errorCode;
  }

  get httpStatus(): number {
    return Number(String(this.errorCode).slice(0, 3));
  }
}

export function subjectNotFound(subject: string): RestError {
  return new RestError('SUBJECT_NOT_FOUND', `Subject '${subject}' not found.`);
}

export function versionNotFound(version: number): RestError {
  return new RestError('VERSION_NOT_FOUND', `Version ${version} not found.`);
}

export function schemaNotFound(what?: number | string): RestError {
  return new RestError(
    'SCHEMA_NOT_FOUND',
    what === undefined ? 'Schema not found' : `Schema ${what} not found`,
  );
}

export function notPermitted(reason: string): RestError {
  return new RestError('NOT_PERMITTED', reason);
}

export function referenceExists(what: string): RestError {
  return new RestError('REFERENCE_EXISTS', `One or more references exist to the schema ${what}.`);
}

export function invalidSchema(message: string, options?: ErrorOptions): RestError {
  return new RestError('INVALID_SCHEMA', message, options);
}
