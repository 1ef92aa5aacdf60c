/** How a listener is secured, with Kafka's number of it in broker registrations. */
export const securityProtocols = {
  PLAINTEXT: { id: 0, usesTls: false, usesSasl: false },
  SSL: { id: 1, usesTls: true, usesSasl: false },
  SASL_PLAINTEXT: { id: 2, usesTls: false, usesSasl: true },
  SASL_SSL: { id: 3, usesTls: true, usesSasl: true },
} as const;

export type SecurityProtocol = keyof typeof securityProtocols;

export function isSecurityProtocol(name: string): name is SecurityProtocol {
  return Object.hasOwn(securityProtocols, name);
}
