import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { WELL_KNOWN_PROTOS } from '../generated/well-known-protos.ts';
import { parseProto } from '../syntax/parse-proto.ts';
import { printProto } from '../text/print-proto.ts';
import { ProtoCompiler } from './compile-proto.ts';
import { decodeFileDescriptor, encodeFileDescriptor } from './descriptor-codec.ts';
import { rawFieldsOf } from './wire-bytes.ts';

/** The descriptor sets are what protoc 35.1 makes of the files beside them with --descriptor_set_out. */
const fixtures = new URL('./fixtures/', import.meta.url);

describe('descriptors are those of protoc to the byte', () => {
  const compiler = new ProtoCompiler((path) => {
    const file = new URL(path, fixtures);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });

  test.each(['proto2', 'proto3', 'edition-2023', 'edition-2024'])('%s', (name) => {
    const set = Buffer.from(readFileSync(new URL(`${name}.descriptor-set.txt`, fixtures), 'utf8'), 'base64');
    const [file] = rawFieldsOf(set);
    expect(compiler.compile(`${name}.proto`)?.toString('hex')).toBe(file?.bytes.toString('hex'));
  });

  test('a file that nobody has', () => {
    expect(compiler.compile('missing.proto')).toBeUndefined();
  });

  test('a descriptor that is read and written again is the same', () => {
    const bytes = compiler.compile('proto2.proto') ?? Buffer.alloc(0);
    expect(encodeFileDescriptor(decodeFileDescriptor(bytes))).toEqual(bytes);
  });
});

test.each(Object.keys(WELL_KNOWN_PROTOS))(
  'the well-known file %s resolves, and stands there in canonical text',
  (path) => {
    const text = WELL_KNOWN_PROTOS[path] ?? '';
    expect(printProto(parseProto(text).file)).toBe(text);
    expect(new ProtoCompiler(() => undefined).compile(path)?.length).toBeGreaterThan(50);
  },
);
