/** One spelling for each address: IPv4 in IPv6 as IPv4, IPv6 in its shortest form. ACLs name hosts by it. */
export function hostAddress(text: string): string {
  if (!text.includes(':')) return text;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text);
  if (mapped !== null) return mapped[1]!;
  const withoutZone = text.replace(/%.*$/, '');
  return URL.canParse(`http://[${withoutZone}]`)
    ? new URL(`http://[${withoutZone}]`).hostname.slice(1, -1)
    : text;
}

/** Is it an IPv4 address of four numbers, or an IPv6 address? Names of hosts are not. */
export function isHostAddress(text: string): boolean {
  if (!text.includes(':')) {
    const numbers = text.split('.');
    return (
      numbers.length === 4 && numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) < 256)
    );
  }
  return /^[\da-f:.]+(%.+)?$/i.test(text) && URL.canParse(`http://[${text.replace(/%.*$/, '')}]`);
}
