import { WELL_KNOWN_PROTOS } from '../generated/well-known-protos.ts';
import { parseProto, type ParsedProto } from '../syntax/parse-proto.ts';
import { FilePool } from './file-pool.ts';
import type { FileModel } from './model.ts';

/** The import paths that need no reference: those of google.protobuf, google.type and confluent. */
export function isWellKnownPath(path: string): boolean {
  return Object.hasOwn(WELL_KNOWN_PROTOS, path);
}

const pool = new FilePool(
  { source: wellKnownSource, linked: () => undefined },
  { order: 'registry', isStrict: false },
);

/** A well-known file, linked at its first use; undefined for other paths. */
export function wellKnownFile(path: string): FileModel | undefined {
  return isWellKnownPath(path) ? pool.find(path) : undefined;
}

function wellKnownSource(path: string): ParsedProto | undefined {
  const text = isWellKnownPath(path) ? WELL_KNOWN_PROTOS[path] : undefined;
  return text === undefined ? undefined : parseProto(text);
}
