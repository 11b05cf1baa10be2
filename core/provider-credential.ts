import { z } from 'zod'
import { LENDERS } from './credential-types.ts'
import { GoogleServiceAccount } from './google-service-account.ts'

/** What an HTTP header can carry. */
const Visible = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'visible ASCII characters without spaces, as an HTTP header carries them')
const Secret = Visible.min(8, 'the whole credential, at least 8 characters').max(8192)
const Name = Visible.max(200)
const DirectoryName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$/, 'an id such as 72f988bf-86f1-41af-91ab-2d7cd011db47, or a domain name')

/** Headers that carry the request itself, and so no credential. */
const NO_CREDENTIAL_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
])
const HeaderName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]{1,60}$/, 'the name of a header: letters, digits and dashes')
  .refine(name => !NO_CREDENTIAL_HEADERS.has(name), 'this header belongs to the request; name another one')

/** Where Entra ID's national clouds and private gateways issue tokens. */
const AuthorityHost = z
  .url({ protocol: /^https$/, error: 'an https address such as https://login.microsoftonline.us' })
  .refine(text => URL.canParse(text) && new URL(text).pathname === '/', 'the host alone, without a path')

/** How a gateway proves to a provider who calls. */
export const ProviderCredential = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('api_key'),
      apiKey: Secret.refine(key => !key.startsWith('{'), 'a key, not a JSON document'),
      /** OpenAI: whom usage is counted for, when the key belongs to several. */
      organization: Name.optional(),
      project: Name.optional(),
      /** OpenAI-compatible: the header that takes the key as it is; left out: `authorization` as a bearer token. */
      header: HeaderName.optional(),
    }),
    z.strictObject({
      type: z.literal('entra_client'),
      tenantId: DirectoryName,
      clientId: DirectoryName,
      clientSecret: Secret,
      authorityHost: AuthorityHost.optional(),
    }),
    z.strictObject({
      type: z.literal('entra_default'),
      /** Of a user-assigned managed identity; left out: the system's. */
      clientId: DirectoryName.optional(),
    }),
    z.strictObject({ type: z.literal('google_service_account'), serviceAccount: GoogleServiceAccount }),
    z.strictObject({ type: z.literal('google_default') }),
    z.strictObject({
      type: z.literal('aws_keys'),
      accessKeyId: z
        .string()
        .trim()
        .regex(/^[A-Z0-9]{16,128}$/, 'capital letters and digits, such as AKIAIOSFODNN7EXAMPLE'),
      secretAccessKey: Secret,
      sessionToken: Secret.optional(),
    }),
    z.strictObject({ type: z.literal('aws_default') }),
  ],
  { error: issue => (issue.code === 'invalid_union' ? 'one of the credential types of its kind' : undefined) },
)
export type ProviderCredential = z.infer<typeof ProviderCredential>
/** A setting that lists whose identities of the machine an installation lends to its providers, commas between them. */
export const LentIdentities = z
  .string()
  .transform(text => text.split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()])))
  .pipe(z.array(z.enum(LENDERS, `some of ${LENDERS.join(', ')} with commas between them`)))

/** A credential as it is sealed: an API key without more is its own text, everything else JSON. */
export function writeCredential(credential: ProviderCredential): string {
  if (credential.type === 'api_key' && Object.keys(credential).length === 2) return credential.apiKey
  return JSON.stringify(credential)
}

/** Reads what `writeCredential` wrote. Throws when it is none of the types. */
export function readCredential(text: string): ProviderCredential {
  if (!text.startsWith('{')) return { type: 'api_key', apiKey: text }
  return ProviderCredential.parse(JSON.parse(text))
}

/** The parts that must be shown by nothing. */
export function secretsOf(credential: ProviderCredential): string[] {
  switch (credential.type) {
    case 'api_key':
      return [credential.apiKey]
    case 'entra_client':
      return [credential.clientSecret]
    case 'google_service_account':
      return [credential.serviceAccount.private_key]
    case 'aws_keys':
      return [credential.secretAccessKey, ...(credential.sessionToken ? [credential.sessionToken] : [])]
    default:
      return []
  }
}

/** The last four characters of what is secret, or of the secret key's id; null for a lent identity. */
export function credentialHint(credential: ProviderCredential): string | null {
  if (credential.type === 'google_service_account') return credential.serviceAccount.private_key_id.slice(-4)
  return secretsOf(credential)[0]?.slice(-4) ?? null
}

/** The parts that may be shown, to recognise a credential by. */
export function credentialFacts(credential: ProviderCredential): Record<string, string> {
  switch (credential.type) {
    case 'api_key':
      return given({ organization: credential.organization, project: credential.project, header: credential.header })
    case 'entra_client':
      return given({
        tenantId: credential.tenantId,
        clientId: credential.clientId,
        authorityHost: credential.authorityHost,
      })
    case 'entra_default':
      return given({ clientId: credential.clientId })
    case 'google_service_account':
      return given({
        clientEmail: credential.serviceAccount.client_email,
        projectId: credential.serviceAccount.project_id,
      })
    case 'aws_keys':
      return given({
        accessKeyId: credential.accessKeyId,
        session: credential.sessionToken ? 'temporary' : undefined,
      })
    default:
      return {}
  }
}

function given(facts: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined))
}
