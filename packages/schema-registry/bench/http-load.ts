/** Sends the same requests again and again: `http-load.ts URL COUNT CONNECTIONS [BODY]`. In a process of its own. */
import { Agent, request } from 'node:http';

const [url = '', count = '0', connections = '1', body] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });

function send(): Promise<void> {
  const headers =
    body === undefined
      ? {}
      : {
          'content-type': 'application/vnd.schemaregistry.v1+json',
          'content-length': Buffer.byteLength(body),
        };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume();
      response.on('end', resolve);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

let left = Number(count);
await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    while (left-- > 0) await send();
  }),
);
agent.destroy();
