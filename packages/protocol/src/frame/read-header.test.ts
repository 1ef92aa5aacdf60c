import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { RequestHeader, ResponseHeader } from '../generated/messages/headers.ts';
import { WireReader } from '../wire/wire-reader.ts';
import { WireWriter } from '../wire/wire-writer.ts';
import { apiDescription, requestHeaderVersion, responseHeaderVersion } from './header-version.ts';
import { readRequestHeader, readResponseHeader } from './read-header.ts';

describe('header versions', () => {
  test.each([
    ['Produce', 0, 8, 1, 0],
    ['Produce', 0, 9, 2, 1],
    ['Fetch', 1, 11, 1, 0],
    ['Fetch', 1, 12, 2, 1],
    ['SaslHandshake', 17, 1, 1, 0],
    ['ApiVersions', 18, 2, 1, 0],
    ['ApiVersions', 18, 3, 2, 0],
    ['OffsetDelete', 47, 0, 1, 0],
    ['DescribeCluster', 60, 0, 2, 1],
  ])('%s (%d) version %d: request %d, response %d', (name, apiKey, version, request, response) => {
    expect(apiDescription(apiKey)?.name).toBe(name);
    expect(requestHeaderVersion(apiKey, version)).toBe(request);
    expect(responseHeaderVersion(apiKey, version)).toBe(response);
  });

  test('an API that does not exist has no description', () => {
    expect(apiDescription(95)).toBeUndefined();
    expect(apiDescription(-1)).toBeUndefined();
  });
});

describe('a request header', () => {
  test.each([
    [3, 8, 1],
    [3, 9, 2],
  ])('of API %d version %d is read as the generated codec does', (apiKey, apiVersion, headerVersion) => {
    const unknownTaggedFields = headerVersion === 2 ? [{ tag: 4, value: Buffer.from('x') }] : undefined;
    for (const clientId of ['client', '', null]) {
      const writer = new WireWriter();
      const message = { requestApiKey: apiKey, requestApiVersion: apiVersion, correlationId: -7, clientId };
      RequestHeader.write(writer, { ...message, unknownTaggedFields }, headerVersion);
      writer.int8(9);
      const reader = new WireReader(writer.toBuffer());
      expect(readRequestHeader(reader)).toEqual({
        apiKey,
        apiVersion,
        correlationId: -7,
        clientId,
        unknownTaggedFields,
      });
      expect(reader.remaining).toBe(1);
    }
  });

  test('of an ApiVersions request of the future can be read, so that it can be answered', () => {
    const reader = new WireReader(Buffer.from('0012007f0000000500016300ffff', 'hex'));
    expect(readRequestHeader(reader)).toEqual({
      apiKey: 18,
      apiVersion: 127,
      correlationId: 5,
      clientId: 'c',
    });
    expect(reader.remaining).toBe(2);
  });

  test.each([
    ['005f', 'API key 95 does not exist'],
    ['0004', 'API key 4 does not exist'],
    ['ffff', 'API key -1 does not exist'],
  ])('of API %s is refused', (apiKey, problem) => {
    const reader = new WireReader(Buffer.from(`${apiKey}000000000001ffff`, 'hex'));
    expect(() => readRequestHeader(reader)).toThrow(problem);
  });
});

test('a response header is read as the generated codec does', () => {
  for (const [apiKey, version, headerVersion] of [
    [0, 8, 0],
    [0, 9, 1],
    [18, 3, 0],
  ] as const) {
    const writer = new WireWriter();
    ResponseHeader.write(writer, { correlationId: 77 }, headerVersion);
    const reader = new WireReader(writer.toBuffer());
    expect(readResponseHeader(reader, apiKey, version)).toEqual({ correlationId: 77 });
    expect(reader.remaining).toBe(0);
  }
});
