import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WireReader } from '../src/wire/wire-reader.ts';
import { WireWriter } from '../src/wire/wire-writer.ts';
import { messageCatalogue, versionsOf } from './message-catalogue.ts';
import { randomMessage } from './random-message.ts';
import { fastCheckSource } from './value-source.ts';

const RUNS_PER_VERSION = 20;
const entries = messageCatalogue();

describe('a message with random values and unknown tags comes back as it was, byte for byte', () => {
  test.each(entries)('$codec.name, every version', ({ definition, codec }) => {
    for (const version of versionsOf(codec)) {
      fc.assert(
        fc.property(fc.gen(), (generate) => {
          const message = randomMessage(definition, version, fastCheckSource(generate));
          const writer = new WireWriter();
          codec.write(writer, message, version);
          const bytes = writer.toBuffer();

          // Bytes before and after show that reading stays inside of the message.
          const reader = new WireReader(Buffer.concat([Buffer.from([255]), bytes, Buffer.from([255])]), 1);
          const decoded = codec.read(reader, version);
          expect(reader.remaining).toBe(1);
          expect(decoded).toEqual(message);

          const again = new WireWriter();
          codec.write(again, decoded, version);
          expect(again.toBuffer().equals(bytes)).toBe(true);
        }),
        { numRuns: RUNS_PER_VERSION },
      );
    }
  });

  test.each(entries)('$codec.name with nothing but defaults', ({ codec }) => {
    for (const version of versionsOf(codec)) {
      const writer = new WireWriter();
      codec.write(writer, codec.create(), version);
      const reader = new WireReader(writer.toBuffer());
      expect(codec.read(reader, version)).toEqual(codec.create());
      expect(reader.remaining).toBe(0);
    }
  });
});
