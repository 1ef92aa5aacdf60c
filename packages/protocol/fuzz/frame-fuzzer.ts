import { Buffer } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { messageCatalogue, versionsOf, type CatalogueEntry } from '../conformance/message-catalogue.ts';
import { randomMessage } from '../conformance/random-message.ts';
import { SeededSource } from '../conformance/value-source.ts';
import { UnsupportedVersionError, DecodeError } from '../src/errors.ts';
import { encodeRequest } from '../src/frame/encode-frame.ts';
import { FrameReader } from '../src/frame/frame-reader.ts';
import { readRequestHeader } from '../src/frame/read-header.ts';
import { apiMessages } from '../src/generated/all-messages.ts';
import type { AnyMessageCodec } from '../src/wire/message-codec.ts';
import { WireReader } from '../src/wire/wire-reader.ts';
import { WireWriter } from '../src/wire/wire-writer.ts';
import { mutate } from './mutate.ts';

const SEEDS_PER_VERSION = 3;

/** The largest frame that the fuzzed stream accepts, in bytes; far above what the corpus has. */
const MAX_FRAME_BYTES = 65_536;

interface Sample {
  readonly codec: AnyMessageCodec;
  readonly version: number;
  /** A request has its size and header, as a broker gets it; everything else is the body alone. */
  readonly bytes: Buffer;
  readonly isRequest: boolean;
}

/** How often each thing happened. */
export interface FuzzCounts {
  /** Frames read without complaint. */
  decoded: number;
  /** Frames refused, by error code. */
  readonly refused: Map<string, number>;
  /** Streams that need more bytes before a frame is whole. */
  incomplete: number;
}

/**
 * Feeds damaged frames to the decoder, the way a broker or a client reads them, and fails on anything but a message or
 * a typed error. What was read must be writable again, and come back the same.
 */
export class FrameFuzzer {
  readonly counts: FuzzCounts = { decoded: 0, refused: new Map(), incomplete: 0 };
  readonly #source: SeededSource;
  readonly #samples: readonly Sample[];

  constructor(seed: number) {
    this.#source = new SeededSource(seed);
    this.#samples = messageCatalogue().flatMap((entry) => samplesOf(entry, this.#source));
  }

  /** Tries one damaged frame. Throws with the frame in hex when the decoder misbehaves. */
  step(): void {
    const sample = this.#pick();
    const bytes = mutate(sample.bytes, this.#source, this.#pick().bytes);
    // A wrong size mostly ends the stream, so most frames get a right one and are damaged further in.
    if (sample.isRequest && bytes.length >= 4 && this.#source.bits() % 8 > 0)
      bytes.writeInt32BE(bytes.length - 4);
    try {
      if (sample.isRequest) this.#readAsBroker(bytes);
      else this.#readMessage(new WireReader(bytes), sample.codec, sample.version);
    } catch (error) {
      if (!(error instanceof DecodeError) && !(error instanceof UnsupportedVersionError)) {
        const what = `${sample.codec.name} version ${sample.version}, frame ${bytes.toString('hex')}`;
        throw new Error(`the decoder failed without a typed error on ${what}`, { cause: error });
      }
      this.counts.refused.set(error.code, (this.counts.refused.get(error.code) ?? 0) + 1);
    }
  }

  #pick(): Sample {
    return this.#samples[this.#source.bits() % this.#samples.length] as Sample;
  }

  #readAsBroker(stream: Buffer): void {
    const cut = this.#source.bits() % (stream.length + 1);
    const frames = new FrameReader({ maxFrameBytes: MAX_FRAME_BYTES });
    const whole = [...frames.push(stream.subarray(0, cut)), ...frames.push(stream.subarray(cut))];
    if (whole.length === 0) this.counts.incomplete++;
    for (const frame of whole) {
      const reader = new WireReader(frame);
      const header = readRequestHeader(reader);
      this.#readMessage(reader, apiMessages.get(header.apiKey)!.request, header.apiVersion);
    }
  }

  #readMessage(reader: WireReader, codec: AnyMessageCodec, version: number): void {
    const message = codec.read(reader, version);
    this.counts.decoded++;
    const writer = new WireWriter();
    codec.write(writer, message, version);
    const again = codec.read(new WireReader(writer.toBuffer()), version);
    if (!isDeepStrictEqual(again, message)) throw new Error('what was read is not what comes back');
  }
}

function samplesOf({ definition, codec }: CatalogueEntry, source: SeededSource): Sample[] {
  const isRequest = definition.kind === 'request';
  return versionsOf(codec).flatMap((version) =>
    Array.from({ length: SEEDS_PER_VERSION }, () => {
      const message = randomMessage(definition, version, source);
      return {
        codec,
        version,
        isRequest,
        bytes: isRequest ? frameOf(codec, version, message) : bodyOf(codec, version, message),
      };
    }),
  );
}

function frameOf(codec: AnyMessageCodec, version: number, message: object): Buffer {
  return Buffer.concat(encodeRequest({ codec, version, correlationId: 1, clientId: 'fuzz', message }));
}

function bodyOf(codec: AnyMessageCodec, version: number, message: object): Buffer {
  const writer = new WireWriter();
  codec.write(writer, message, version);
  return writer.toBuffer();
}
