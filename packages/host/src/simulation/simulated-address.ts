/** Which of a host's addresses a socket is bound to. Every simulated host has a loopback and one named like itself. */
export type AddressScope = 'any' | 'loopback' | 'external';

const ANY = new Set(['', '0.0.0.0', '::']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** `undefined` for an address that the host does not have. */
export function bindScope(hostName: string, address: string): AddressScope | undefined {
  if (ANY.has(address)) return 'any';
  if (LOOPBACK.has(address)) return 'loopback';
  return address === hostName ? 'external' : undefined;
}

/** The name of the host that `address` means when `hostName` connects to it. */
export function targetHost(hostName: string, address: string): string {
  return ANY.has(address) || LOOPBACK.has(address) ? hostName : address;
}

export function numericAddress(hostName: string, address: string): string {
  return address === hostName || ANY.has(address) ? address : '127.0.0.1';
}

export function overlaps(left: AddressScope, right: AddressScope): boolean {
  return left === right || left === 'any' || right === 'any';
}
