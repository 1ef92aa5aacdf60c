import type { RegistryProperties } from '../../registry-properties.ts';
import type { RestBody } from '../test-registry.ts';

/** One request and what has to come back. */
export interface Step {
  /** For example `GET /subjects/orders/versions?deleted=true`. */
  readonly send: string;
  readonly body?: RestBody;
  readonly headers?: Readonly<Record<string, string>>;
  /** The HTTP status, or the error code of the answer. */
  readonly expect: number;
  /** Members that the answer has; a list or a plain value is compared as a whole. */
  readonly answer?: unknown;
  /** Part of the text of the answer. */
  readonly contains?: string;
}

/** Requests that follow each other, on a registry of their own. */
export interface Scene {
  readonly title: string;
  readonly properties?: Partial<RegistryProperties>;
  readonly steps: readonly Step[];
}

/** A step in one line. */
export function step(send: string, expect: number, answer?: unknown, body?: RestBody): Step {
  return {
    send,
    expect,
    ...(answer === undefined ? {} : { answer }),
    ...(body === undefined ? {} : { body }),
  };
}

/** A step that sends something. */
export function put(send: string, body: RestBody, expect: number, answer?: unknown): Step {
  return step(send, expect, answer, body);
}

const field = (name: string, type: string, rest = '') => `{"name":"${name}","type":"${type}"${rest}}`;
const record = (...fields: string[]) =>
  `{"type":"record","name":"Order","namespace":"shop","fields":[${fields.join(',')}]}`;

/** Schemas that scenes are about, and how they fit each other. */
export const orders = {
  first: record(field('id', 'long')),
  /** Reads the first, and is read by it. */
  withNote: record(field('id', 'long'), field('note', 'string', ',"default":""')),
  /** Does not read the first, but is read by it. */
  withRequired: record(field('id', 'long'), field('total', 'double')),
  /** Neither. */
  other: record(field('id', 'string')),
  customer:
    '{"type":"record","name":"Customer","namespace":"shop","fields":[{"name":"name","type":"string"}]}',
  ofCustomer: record('{"name":"customer","type":"Customer"}'),
} as const;

export const customerReference = { name: 'shop.Customer', subject: 'customer', version: 1 } as const;

export const guids = {
  first: '4f33bf48-d05f-5792-d9b4-97941ab511c5',
  string: '095d71cf-1255-6b9d-5e33-0ad575b3df5d',
} as const;

/** Registers schemas under a subject, one after the other. */
export function registered(subject: string, ...schemas: readonly string[]): Step[] {
  return schemas.map((schema) => put(`POST /subjects/${subject}/versions`, { schema }, 200));
}
