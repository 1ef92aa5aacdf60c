import { WireReader, WireWriter } from '@millrace/protocol';
import { DefaultPrincipalData } from '@millrace/protocol/messages/principal';
import { hostAddress, isHostAddress } from '../security/acl/host-address.ts';

/** Version of the form in which a principal travels. */
const VERSION = 0;
const INT16_BYTES = 2;
const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** A principal (`User:alice`) as Kafka's DefaultKafkaPrincipalBuilder writes it into an Envelope. */
export function principalBytes(principal: string): Buffer {
  const colon = principal.indexOf(':');
  const writer = new WireWriter();
  writer.int16(VERSION);
  const data = {
    type: principal.slice(0, colon),
    name: principal.slice(colon + 1),
    tokenAuthenticated: false,
  };
  DefaultPrincipalData.write(writer, data, VERSION);
  return writer.toBuffer();
}

/** @throws RangeError or an error of the protocol package for what is no principal */
export function principalOf(bytes: Buffer): string {
  if (bytes.length < INT16_BYTES) throw new RangeError('the principal is missing');
  const reader = new WireReader(bytes);
  const version = reader.int16();
  if (version !== VERSION) throw new RangeError(`version ${version} of the principal is unknown`);
  const { type, name } = DefaultPrincipalData.read(reader, version);
  return `${type}:${name}`;
}

/** The address of a client as Java's InetAddress has it: 4 or 16 bytes. All zero for what is no address. */
export function hostBytes(host: string): Buffer {
  const address = hostAddress(host);
  if (!isHostAddress(address)) return Buffer.alloc(IPV4_BYTES);
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: IPV6_BYTES / 2 - left.length - right.length }, () => 0);
  const bytes = Buffer.alloc(IPV6_BYTES);
  for (const [index, group] of [...left, ...zeros, ...right].entries()) bytes.writeUInt16BE(group, index * 2);
  return bytes;
}

/** @throws RangeError for another number of bytes */
export function hostOf(bytes: Buffer): string {
  if (bytes.length === IPV4_BYTES) return bytes.join('.');
  if (bytes.length !== IPV6_BYTES) throw new RangeError(`${bytes.length} bytes are no address of a host`);
  const parts = Array.from({ length: IPV6_BYTES / 2 }, (_, index) =>
    bytes.readUInt16BE(index * 2).toString(16),
  );
  return hostAddress(parts.join(':'));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
