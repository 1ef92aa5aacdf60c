import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';

export interface TokenIssuer extends AsyncDisposable {
  /** What signs its tokens, as the text of a JSON web key set. */
  readonly jwks: string;
  readonly tokenUrl: string;
  /** A token that is good for so many seconds. */
  token(lifetimeSeconds?: number): string;
}

/** Somebody who gives out access tokens for a client id and its secret, over HTTP on a free port. */
export async function startTokenIssuer(client: {
  readonly id: string;
  readonly secret: string;
  readonly subject: string;
}): Promise<TokenIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256' }] });
  const token = (lifetimeSeconds = 3600): string => {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const claims = { sub: client.subject, iat: nowSeconds, exp: nowSeconds + lifetimeSeconds };
    const signed = `${encode({ alg: 'RS256', kid: '1' })}.${encode(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };
  const expected = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
  const server = createServer((request, response) => {
    const isKnown = request.method === 'POST' && request.headers.authorization === expected;
    response.statusCode = isKnown ? 200 : 401;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(isKnown ? { access_token: token(), expires_in: 3600 } : { error: 'invalid_client' }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    jwks,
    token,
    tokenUrl: `http://127.0.0.1:${port}/token`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
