import type { CompareScript } from '../../src/script.ts';

/** A request header of version 1: API, version, correlation id, client id, then the body. */
function frame(apiKey: number, version: number, body: Buffer): Buffer {
  const header = Buffer.alloc(8 + 2 + 4);
  header.writeInt16BE(apiKey, 0);
  header.writeInt16BE(version, 2);
  header.writeInt32BE(7, 4);
  header.writeInt16BE(4, 8);
  header.write('test', 10, 'latin1');
  const size = Buffer.alloc(4);
  size.writeInt32BE(header.length + body.length);
  return Buffer.concat([size, header, body]);
}

export const script: CompareScript = {
  name: 'unreadable-frames',
  title: 'Frames that no client sends: unknown APIs and versions, cut bodies, wrong lengths.',
  async run(peer) {
    const [METADATA, API_VERSIONS, FIND_COORDINATOR] = [3, 18, 10];
    const ask = (label: string, bytes: Buffer) => peer.askBytes(label, bytes, { on: label });
    await ask('unknown API', frame(999, 0, Buffer.alloc(0)));
    await ask('negative API', frame(-5, 0, Buffer.alloc(0)));
    await ask('removed API', frame(4, 0, Buffer.alloc(8)));
    await ask('version too high', frame(METADATA, 99, Buffer.alloc(4)));
    await ask('version negative', frame(METADATA, -1, Buffer.alloc(4)));
    await ask('ApiVersions too high', frame(API_VERSIONS, 99, Buffer.alloc(0)));
    await ask('cut body', frame(FIND_COORDINATOR, 0, Buffer.from([0, 9, 0x61])));
    await ask('array longer than the frame', frame(METADATA, 1, Buffer.from([0x7f, 0xff, 0xff, 0xff])));
    await ask('frame of size 0', Buffer.from([0, 0, 0, 0]));
    await ask('frame of negative size', Buffer.from([0xff, 0xff, 0xff, 0xff]));
    await ask('frame larger than allowed', Buffer.from([0x7f, 0xff, 0xff, 0xff]));
    await ask('HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  },
};
