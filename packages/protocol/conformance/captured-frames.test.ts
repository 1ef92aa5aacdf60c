import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CapturedFrame, parseFrames } from '../fixtures/capture/frame-collection.ts';
import { encodeRequest, encodeResponse } from '../src/frame/encode-frame.ts';
import { readRequestHeader, readResponseHeader } from '../src/frame/read-header.ts';
import { apiDescriptions } from '../src/generated/api-table.ts';
import { apiMessages } from '../src/generated/all-messages.ts';
import { WireReader } from '../src/wire/wire-reader.ts';

const folder = join(import.meta.dirname, '../fixtures/captured');
const apiKeys = new Map(apiDescriptions.map((api) => [api.name, api.apiKey]));

/** What the fixtures of a client hold at least; a capture that lost most of its frames would prove little. */
const MIN_FRAMES_PER_CLIENT = 10;

describe.each(readdirSync(folder))('frames of %s', (fileName) => {
  const frames = parseFrames(readFileSync(join(folder, fileName), 'utf8'));

  test('are there', () => {
    expect(frames.length).toBeGreaterThanOrEqual(MIN_FRAMES_PER_CLIENT);
  });

  test.each(frames.map((frame, index) => ({ ...frame, index })))(
    '$index: $direction $api $version is read and written back to the same bytes',
    (frame) => {
      const again = frame.direction === 'request' ? rewriteRequest(frame) : rewriteResponse(frame);
      expect(again.subarray(4).toString('hex')).toBe(frame.bytes.toString('hex'));
      expect(again.readInt32BE(0)).toBe(frame.bytes.length);
    },
  );
});

function rewriteRequest(frame: CapturedFrame): Buffer {
  const reader = new WireReader(frame.bytes);
  const { apiKey, apiVersion, correlationId, clientId } = readRequestHeader(reader);
  expect([apiKey, apiVersion]).toEqual([apiKeys.get(frame.api), frame.version]);
  const codec = apiMessages.get(apiKey)!.request;
  const message = codec.read(reader, apiVersion);
  expect(reader.remaining).toBe(0);
  return Buffer.concat(encodeRequest({ codec, version: apiVersion, correlationId, clientId, message }));
}

function rewriteResponse(frame: CapturedFrame): Buffer {
  const apiKey = apiKeys.get(frame.api)!;
  const reader = new WireReader(frame.bytes);
  const { correlationId } = readResponseHeader(reader, apiKey, frame.version);
  const codec = apiMessages.get(apiKey)!.response;
  const message = codec.read(reader, frame.version);
  expect(reader.remaining).toBe(0);
  return Buffer.concat(encodeResponse({ codec, version: frame.version, correlationId, message }));
}
