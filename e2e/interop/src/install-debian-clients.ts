import { runProcess } from './run-process.ts';

const packages = [
  'kcat',
  'python3-confluent-kafka',
  'python3-kafka',
  'python3-snappy',
  'python3-lz4',
  'python3-zstandard',
];

/** Installs what is missing where apt can; elsewhere the suite skips what it does not find, and says so. */
export async function installDebianClients(print: (line: string) => void): Promise<void> {
  const missing: string[] = [];
  for (const name of packages) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !(await succeeds('apt-get', ['--version']))) {
    print(`Not installed, and apt-get cannot be used here: ${missing.join(', ')}`);
    return;
  }
  print(`Installing ${missing.join(', ')}`);
  await succeeds('apt-get', ['update', '-qq']);
  for (const name of missing) {
    if (!(await succeeds('apt-get', ['install', '-y', '-qq', name])))
      print(`apt-get could not install ${name}`);
  }
}

async function isInstalled(name: string): Promise<boolean> {
  return await succeeds('dpkg', ['-s', name]);
}

async function succeeds(command: string, parameters: readonly string[]): Promise<boolean> {
  try {
    await runProcess(command, parameters);
    return true;
  } catch {
    return false;
  }
}
