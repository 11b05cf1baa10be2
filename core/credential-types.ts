import type { ProviderKind } from './provider-kinds.ts'

/** How a gateway can prove to a provider who calls. */
export const CREDENTIAL_TYPE_NAMES = [
  'api_key',
  'entra_client',
  'entra_default',
  'google_service_account',
  'google_default',
  'aws_keys',
  'aws_default',
] as const
export type CredentialType = (typeof CREDENTIAL_TYPE_NAMES)[number]

/** What each kind of provider can be called with; the first is offered first. */
export const CREDENTIAL_TYPES: Readonly<Record<ProviderKind, readonly CredentialType[]>> = {
  openai: ['api_key'],
  anthropic: ['api_key'],
  azure_openai: ['api_key', 'entra_client', 'entra_default'],
  google: ['api_key', 'google_service_account', 'google_default'],
  aws_bedrock: ['aws_keys', 'api_key', 'aws_default'],
  openai_compatible: ['api_key'],
  sandbox: ['api_key'],
}

export const LENDERS = ['aws', 'azure', 'google'] as const
export type Lender = (typeof LENDERS)[number]

/** Types that lend the gateway's own identity: whose machine it runs on decides whether they may. */
const LENT: Readonly<Partial<Record<CredentialType, Lender>>> = {
  entra_default: 'azure',
  google_default: 'google',
  aws_default: 'aws',
}

/** Whose identity of the machine a type of credential lends; null: it brings its own. */
export function lenderOf(type: CredentialType): Lender | null {
  return LENT[type] ?? null
}
