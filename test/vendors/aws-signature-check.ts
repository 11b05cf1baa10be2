import { createHash, createHmac } from 'node:crypto'
import type { VendorRequest } from './vendor-server.ts'

export const AWS_KEYS = {
  accessKeyId: 'AKIASUITEOFVENDORS00',
  secretAccessKey: 'aws-secret-access-key-of-the-suite',
  sessionToken: 'aws-session-token-of-the-suite',
}
export const AWS_REGION = 'eu-central-1'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/**
 * What is wrong with a request's signature, as AWS checks it, written from the specification ("Signature Version 4
 * for API requests") and apart from the library that signs; null: nothing.
 */
export function signatureProblem(request: VendorRequest): string | null {
  const { headers, method, path, query, text } = request
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/bedrock\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!parts) return 'MissingAuthenticationTokenException'
  const [, keyId, day = '', region = '', names = '', signature] = parts
  if (keyId !== AWS_KEYS.accessKeyId) return 'UnrecognizedClientException'
  if (headers['x-amz-security-token'] !== AWS_KEYS.sessionToken) return 'ExpiredTokenException'
  if (region !== AWS_REGION) return 'InvalidSignatureException'
  const signed = names.split(';')
  if (!signed.includes('host') || !signed.includes('x-amz-date')) return 'IncompleteSignatureException'
  const canonicalPath = path.split('/').map(encodeURIComponent).join('/')
  const canonicalQuery = [...query].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  const canonicalHeaders = signed.map(name => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}\n`).join('')
  const canonical = [method, canonicalPath, canonicalQuery.sort().join('&'), canonicalHeaders, names, hash(text)].join(
    '\n',
  )
  const date = String(headers['x-amz-date'])
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/bedrock/aws4_request`, hash(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${AWS_KEYS.secretAccessKey}`, day), region), 'bedrock'), 'aws4_request')
  return hmac(key, toSign).toString('hex') === signature ? null : 'InvalidSignatureException'
}
