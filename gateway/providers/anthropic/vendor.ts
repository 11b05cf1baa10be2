import { ANTHROPIC_FORWARDS } from '../base-path.ts'
import { withoutUnsignedThoughts } from '../unsigned-thoughts.ts'
import type { Vendor, Wire } from '../vendor.ts'

const MESSAGES: Wire = { amended: withoutUnsignedThoughts }

/** The Anthropic API. As in its SDKs, the base URL comes without `/v1`; with it, it works too. */
export const anthropic: Vendor = {
  endpoint({ base, operation }) {
    if (operation.family !== 'anthropic') return null
    const path = base.pathname.replace(/\/+$/, '')
    return { path: `${path.endsWith('/v1') ? path : `${path}/v1`}${operation.path}`, wire: MESSAGES }
  },
  keyHeaders: ({ apiKey }) => ['x-api-key', apiKey],
  forwards: ANTHROPIC_FORWARDS,
}
