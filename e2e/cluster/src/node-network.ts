import { spawnSync } from 'node:child_process';
import { freePorts } from '@millrace/free-ports';

/** Where a node listens. */
export interface NodePlace {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** What lies between nodes, and between them and their clients. */
export interface NodeNetwork {
  readonly places: readonly NodePlace[];
  /** What starts `command` as a process of that node. */
  commandOn(id: number, command: readonly string[]): readonly string[];
  /** Takes a node away from everybody, and brings it back: nothing arrives, and nothing says so. */
  readonly link: { cut(id: number): void; mend(id: number): void } | undefined;
  close(): void;
}

export type OpenNetwork = (count: number) => Promise<NodeNetwork>;

/** All nodes on 127.0.0.1: there is no link that could be cut. */
export async function loopback(count: number): Promise<NodeNetwork> {
  const ports = await freePorts(2 * count);
  const places = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    host: '127.0.0.1',
    port: ports[index]!,
    controllerPort: ports[count + index]!,
  }));
  return { places, commandOn: (_, command) => command, link: undefined, close: () => {} };
}

/** Why nodes cannot have networks of their own here, or `undefined` where they can. */
export function namespacesUnavailable(): string | undefined {
  const name = `millrace-try-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.error !== undefined) return `"ip" cannot be run: ${made.error.message}`;
  if (made.status !== 0) return made.stderr.trim();
  const linked = spawnSync(
    'ip',
    ['link', 'add', `mlt${process.pid}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name],
    {
      encoding: 'utf8',
    },
  );
  spawnSync('ip', ['netns', 'del', name]);
  return linked.status === 0 ? undefined : linked.stderr.trim();
}

/** Each node in a network namespace, on a cable to a switch at which the clients are too. Needs root on Linux. */
export async function namespaces(count: number): Promise<NodeNetwork> {
  const net = `10.${128 + (process.pid % 64)}.${(process.pid >> 6) % 256}`;
  const bridge = `mlb${process.pid}`;
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const close = (): void => {
    for (const id of ids) spawnSync('ip', ['netns', 'del', space(id)]);
    spawnSync('ip', ['link', 'del', bridge]);
  };
  try {
    ip('link', 'add', bridge, 'type', 'bridge');
    ip('addr', 'add', `${net}.254/24`, 'dev', bridge);
    ip('link', 'set', bridge, 'up');
    for (const id of ids) {
      ip('netns', 'add', space(id));
      ip('link', 'add', cable(id), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space(id));
      ip('link', 'set', cable(id), 'master', bridge, 'up');
      ip('-n', space(id), 'addr', 'add', `${net}.${id}/24`, 'dev', 'eth0');
      ip('-n', space(id), 'link', 'set', 'eth0', 'up');
      ip('-n', space(id), 'link', 'set', 'lo', 'up');
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    places: ids.map((id) => ({ id, host: `${net}.${id}`, port: 9092, controllerPort: 9093 })),
    commandOn: (id, command) => ['ip', 'netns', 'exec', space(id), ...command],
    link: {
      cut: (id) => ip('link', 'set', cable(id), 'nomaster'),
      mend: (id) => ip('link', 'set', cable(id), 'master', bridge),
    },
    close,
  };
}

/** The end of a node's cable at the switch. */
function cable(id: number): string {
  return `mlv${process.pid}-${id}`;
}

function space(id: number): string {
  return `millrace-${process.pid}-${id}`;
}

function ip(...parameters: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', parameters, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`ip ${parameters.join(' ')}: ${error?.message ?? stderr.trim()}`);
}
