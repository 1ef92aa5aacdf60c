import { connectAs, startSecuredBroker } from './secured-broker.ts';
import type { RawRequest } from './raw-connection.ts';
import { TestBroker } from './test-broker.ts';

/** How a broker without delegation tokens refuses a request about them: to who is nobody, and to who has logged in. */
export async function tokenRefusals<Input extends object>(
  request: RawRequest<Input, { readonly errorCode: number }>,
): Promise<{ readonly anonymous: number; readonly known: number }> {
  await using open = await TestBroker.start();
  const anonymous = await (await open.connect()).send(request);
  await using secured = await startSecuredBroker();
  const known = await (await connectAs(secured, 'alice')).send(request);
  return { anonymous: anonymous.errorCode, known: known.errorCode };
}
