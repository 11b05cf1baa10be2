import { ANTHROPIC_FORWARDS, basePath, bearer, OPENAI_FORWARDS } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** The sandbox provider: both wires, and the header that asks it for a fault. */
export const sandbox: Vendor = {
  endpoint: ({ base, operation }) => ({ path: basePath(base, '/v1') + operation.path }),
  keyHeaders: (credential, operation) =>
    operation.family === 'anthropic' ? ['x-api-key', credential.apiKey] : bearer(credential),
  forwards: [...new Set([...OPENAI_FORWARDS, ...ANTHROPIC_FORWARDS, 'x-sandbox-fault'])],
}
