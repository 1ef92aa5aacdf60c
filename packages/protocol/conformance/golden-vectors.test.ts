import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { encodeRequest, encodeResponse } from '../src/frame/encode-frame.ts';
import { readRequestHeader, readResponseHeader } from '../src/frame/read-header.ts';
import { ApiVersionsRequest, ApiVersionsResponse } from '../src/generated/messages/api-versions.ts';
import { OffsetCommitKey } from '../src/generated/messages/coordinator-records.ts';
import { NoOpRecord } from '../src/generated/messages/metadata-records.ts';
import { ProduceRequest } from '../src/generated/messages/produce.ts';
import { WireReader } from '../src/wire/wire-reader.ts';
import { WireWriter } from '../src/wire/wire-writer.ts';

/** Two records, made by two encoders that are not ours. */
const batch = hex(`
  000000000000000000000046ffffffff027de7892f0000000000010000018bcfe568000000018bcfe56805
  ffffffffffffffffffffffffffff0000000210000000026b02760016000a020102780202680231`);

const produce = {
  acks: -1,
  timeoutMs: 30_000,
  topicData: [{ name: 't', partitionData: [{ index: 0, records: batch }] }],
};

describe('frames known to the byte', () => {
  const apiVersions = hex('0000001c 0012 0003 00000001 0001 63 00 09 6d696c6c72616365 06 302e312e30 00');

  test('an ApiVersions request of version 3 is written as it must be', () => {
    const message = { clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' };
    const request = { codec: ApiVersionsRequest, version: 3, correlationId: 1, clientId: 'c', message };
    expect(Buffer.concat(encodeRequest(request)).toString('hex')).toBe(apiVersions.toString('hex'));
  });

  test('an ApiVersions request of version 3 is read as what it is', () => {
    const reader = new WireReader(apiVersions, 4);
    expect(readRequestHeader(reader)).toEqual({ apiKey: 18, apiVersion: 3, correlationId: 1, clientId: 'c' });
    const request = ApiVersionsRequest.read(reader, 3);
    expect(request).toMatchObject({ clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' });
    expect(reader.remaining).toBe(0);
  });

  test('the answer to an unsupported ApiVersions version has header 0 and body 0', () => {
    const message = { errorCode: 35, apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 4 }] };
    const frame = Buffer.concat(
      encodeResponse({ codec: ApiVersionsResponse, version: 0, correlationId: 1, message }),
    );
    expect(frame).toEqual(hex('00000010 00000001 0023 00000001 0012 0000 0004'));
    const reader = new WireReader(frame, 4);
    // The client asked in version 4, yet the header is that of version 0.
    expect(readResponseHeader(reader, 18, 4)).toEqual({ correlationId: 1 });
    expect(ApiVersionsResponse.read(reader, 0)).toMatchObject(message);
  });

  test.each([
    {
      version: 7,
      frame: [
        hex(
          '00000078 0000 0007 00000002 0001 63 ffff ffff 00007530 00000001 0001 74 00000001 00000000 00000052',
        ),
        batch,
      ],
    },
    {
      version: 9,
      frame: [
        hex('00000071 0000 0009 00000002 0001 63 00 00 ffff 00007530 02 02 74 02 00000000 53'),
        batch,
        hex('00 00 00'),
      ],
    },
  ])('a Produce request of version $version is written as it must be', ({ version, frame }) => {
    const request = { codec: ProduceRequest, version, correlationId: 2, clientId: 'c', message: produce };
    expect(Buffer.concat(encodeRequest(request)).toString('hex')).toBe(Buffer.concat(frame).toString('hex'));

    const inPieces = [batch.subarray(0, 20), batch.subarray(20)];
    const message = {
      ...produce,
      topicData: [{ name: 't', partitionData: [{ index: 0, records: inPieces }] }],
    };
    expect(Buffer.concat(encodeRequest({ ...request, message }))).toEqual(Buffer.concat(frame));
  });
});

describe('records of internal topics known to the byte', () => {
  test('the key of an offset commit', () => {
    const writer = new WireWriter();
    writer.int16(OffsetCommitKey.apiKey);
    OffsetCommitKey.write(writer, { group: 'g', topic: 't', partition: 0 }, 0);
    expect(writer.toBuffer()).toEqual(hex('0001 0001 67 0001 74 00000000'));
  });

  test('a metadata record that does nothing', () => {
    const writer = new WireWriter();
    for (const value of [1, NoOpRecord.apiKey, 0]) writer.unsignedVarint(value);
    NoOpRecord.write(writer, {}, 0);
    expect(writer.toBuffer()).toEqual(hex('01 14 00 00'));
  });
});

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}
