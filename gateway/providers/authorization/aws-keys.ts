import type { ProviderEntry } from '#gateway/config/entries.ts'
import { CredentialError } from './authorizer.ts'
import type { Timed } from './renewed.ts'

/** What requests to AWS are signed with. */
export interface AwsKeys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/**
 * The keys to sign with: the provider's own, or those that AWS's default chain finds on this machine (environment,
 * profile, web identity, container, instance), through AWS's own library, which is loaded only for this. Rejects
 * with CredentialError.
 */
export async function awsKeys({ credential }: ProviderEntry): Promise<Timed<AwsKeys>> {
  if (credential?.type === 'aws_keys') {
    const { accessKeyId, secretAccessKey, sessionToken } = credential
    return { value: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }, expiresAt: null }
  }
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node')
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await defaultProvider()()
    const value = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
    return { value, expiresAt: expiration ? expiration.getTime() : null }
  } catch {
    throw new CredentialError("AWS's default chain found no credentials on the gateway's machine", false)
  }
}
