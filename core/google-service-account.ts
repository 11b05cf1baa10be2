import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'

/** Fields of the key file that a service account of Google Cloud comes with; those that nobody needs are left out. */
const KeyFile = z.object({
  type: z.literal('service_account', 'service_account: a key file of a service account'),
  project_id: z.string().min(1).max(200),
  private_key_id: z.string().min(1).max(200),
  private_key: z.string().max(8192).refine(isPrivateKey, 'a private key in PEM form'),
  client_email: z.email().max(320),
  token_uri: z.url({ protocol: /^https$/, error: 'an https address' }).default('https://oauth2.googleapis.com/token'),
})

/** A service account's key: the downloaded JSON as a text or as the object that it holds. */
export const GoogleServiceAccount = z.preprocess((value, context) => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'the whole JSON document of the key, as it was downloaded' })
    return z.NEVER
  }
}, KeyFile)
export type GoogleServiceAccount = z.infer<typeof GoogleServiceAccount>

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
