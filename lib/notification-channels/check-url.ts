import { invalid } from '#lib/platform/errors.ts'
import { hostRefusal } from '#lib/platform/guarded-request.ts'

/**
 * Checks the form of an address that messages go to, when it is saved: https, no password in it, nothing of this
 * network unless allowed. What its name leads to is checked at every connection. Throws `invalid_input`.
 */
export function checkUrl(field: string, text: string, allowPrivateNetwork: boolean): void {
  const url = new URL(text)
  if (url.username || url.password) throw invalid(field, 'Leave user and password out of the address.')
  if (url.protocol !== 'https:' && !allowPrivateNetwork) {
    throw invalid(field, 'Use https. Plain http is for a private network only, which has to be allowed here.')
  }
  const refusal = hostRefusal(url.hostname, allowPrivateNetwork)
  if (refusal) throw invalid(field, refusal)
}
