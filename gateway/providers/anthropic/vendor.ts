import { ANTHROPIC_FORWARDS } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** The Anthropic API. As in its SDKs, the base URL comes without `/v1`; with it, it works too. */
export const anthropic: Vendor = {
  path(base, operation) {
    if (operation.family !== 'anthropic') return null
    const path = base.pathname.replace(/\/+$/, '')
    return `${path.endsWith('/v1') ? path : `${path}/v1`}${operation.path}`
  },
  credentialHeaders: credential => ['x-api-key', credential],
  forwards: ANTHROPIC_FORWARDS,
}
