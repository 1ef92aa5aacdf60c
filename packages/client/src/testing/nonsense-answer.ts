import { encodeResponse, readResponseHeader, WireReader } from '@millrace/protocol';
import { apiMessages } from '@millrace/protocol/all-messages';

/** What may be wrong with an answer as it arrives. */
export const nonsenses = [
  /** Ends in the middle, and says so. */
  'truncated',
  /** Nothing but the header. */
  'empty',
  /** As long as it should be, but of other bytes. */
  'garbage',
  /** Of zeros only. */
  'zeros',
  /** The answer to another request. */
  'other-id',
  /** Says that it is longer than it is: the rest does not come. */
  'endless',
  /** Says that it is of two gigabytes. */
  'huge',
  /** Says that it is of less than nothing. */
  'negative',
  /** A correct answer that says nothing: no error, and nobody of those that were asked for. */
  'hollow',
] as const;

export type Nonsense = (typeof nonsenses)[number];

export interface AnsweredRequest {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
}

/** The bytes to send in place of the answer `frame`, a frame without its size. */
export function nonsenseAnswer(frame: Buffer, request: AnsweredRequest, nonsense: Nonsense): Buffer[] {
  const { apiKey, version, correlationId } = request;
  const reader = new WireReader(frame);
  readResponseHeader(reader, apiKey, version);
  const bodyAt = reader.position;
  switch (nonsense) {
    case 'truncated':
      return withSize(frame.subarray(0, bodyAt + ((frame.length - bodyAt) >> 1)));
    case 'empty':
      return withSize(frame.subarray(0, bodyAt));
    case 'garbage':
      return withSize(withBody(frame, bodyAt, (index) => (index * 167 + 193) & 0xff));
    case 'zeros':
      return withSize(withBody(frame, bodyAt, () => 0));
    case 'other-id': {
      const other = Buffer.from(frame);
      other.writeInt32BE(correlationId + 1000);
      return withSize(other);
    }
    case 'endless':
      return withSize(frame, frame.length + 1000);
    case 'huge':
      return withSize(frame, 0x7fff_ffff);
    case 'negative':
      return withSize(frame, -5);
    case 'hollow': {
      const codec = apiMessages.get(apiKey)!.response;
      return encodeResponse({ codec, version, correlationId, message: codec.create() });
    }
  }
}

function withBody(frame: Buffer, bodyAt: number, byteAt: (index: number) => number): Buffer {
  return Buffer.from(frame.map((byte, index) => (index < bodyAt ? byte : byteAt(index))));
}

/** As it goes over the wire. */
export function withSize(frame: Buffer, sizeBytes = frame.length): Buffer[] {
  const size = Buffer.alloc(4);
  size.writeInt32BE(sizeBytes);
  return [size, frame];
}
