import { memoryHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

const node =
  '--set process.roles=controller --set node.id=1 --set listeners=CONTROLLER://127.0.0.1:9093 ' +
  '--set controller.listener.names=CONTROLLER --set controller.quorum.bootstrap.servers=127.0.0.1:9093 ' +
  '--set log.dirs=/data';

function shell(host = memoryHost()) {
  return { host, run: (line: string) => runCommand(line.split(' '), { host }) };
}

test('formats a node with an id that was made before', async () => {
  const { host, run } = shell();
  const id = (await run('storage random-uuid')).stdout.trim();
  expect(id).toMatch(/^\w{22}$/);
  const { stdout } = await run(`storage format --cluster-id ${id} --standalone ${node}`);
  expect(stdout).toMatch(/^Formatted \/data \(directory \w{22}\)\n$/);
  expect((await host.disk.readFile('/data/meta.properties')).toString()).toContain(`cluster.id=${id}`);
  const again = await run(`storage format --cluster-id ${id} --standalone --ignore-formatted ${node}`);
  expect(again.stdout).toMatch(/^Left \/data as it is/);
});

test('says what is missing or contradicts itself', async () => {
  const { run } = shell();
  const id = 'MkU3OEVBNTcwNTJENDM2Qg';
  expect(await run(`storage format ${node}`)).toMatchObject({ exitCode: 2 });
  expect(await run(`storage format -t ${id} ${node}`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('who votes at first'),
  });
  const both = await run(`storage format -t ${id} --standalone --initial-controllers 1@h:1:${id} ${node}`);
  expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('exclude each other') });
  const wrong = await run(`storage format -t ${id} --initial-controllers 1@h ${node}`);
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"1@h"') });
});

test('knows the three ways to say who votes', async () => {
  const id = 'MkU3OEVBNTcwNTJENDM2Qg';
  for (const voters of ['--standalone', '--no-initial-controllers', `--initial-controllers 1@h:9093:${id}`]) {
    expect(await shell().run(`storage format -t ${id} ${voters} ${node}`), voters).toMatchObject({
      exitCode: 0,
    });
  }
});
