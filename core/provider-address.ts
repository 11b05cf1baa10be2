import { CREDENTIAL_TYPES, type CredentialType, type Lender, lenderOf } from './credential-types.ts'
import { isLocalAddress } from './network-address.ts'
import type { ProviderCredential } from './provider-credential.ts'
import type { ProviderKind } from './provider-kinds.ts'

/** Hosts that a vendor runs: the only ones on the internet that a lent identity may be shown to. */
const VENDOR_HOSTS: Readonly<Record<Lender, RegExp>> = {
  aws: /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/,
  azure: /\.((openai|services\.ai|cognitiveservices)\.azure\.(com|us|cn)|api\.cognitive\.microsoft\.com)$/,
  google: /(^|\.|-)aiplatform\.(googleapis\.com|[a-z0-9-]+\.rep\.googleapis\.com)$/,
}

/** Where the vendor's address says its region. */
const REGION_IN_ADDRESS: Readonly<Partial<Record<ProviderKind, readonly RegExp[]>>> = {
  aws_bedrock: [/^https?:\/\/(?:[^/]+\.)?bedrock(?:-runtime|-mantle)?(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\./],
  google: [/\/locations\/([a-z0-9-]+)/, /^https?:\/\/([a-z0-9-]+)-aiplatform\.googleapis\.com/],
  azure_openai: [/^https?:\/\/([a-z0-9]+)\.api\.cognitive\.microsoft\.com/],
  openai: [/^https?:\/\/([a-z]{2})\.api\.openai\.com/],
}

/** The region that a provider's address names; null where the vendor does not put it there. */
export function regionOfAddress(kind: ProviderKind, baseUrl: string): string | null {
  for (const pattern of REGION_IN_ADDRESS[kind] ?? []) {
    const region = pattern.exec(baseUrl)?.[1]
    if (region) return region
  }
  return null
}

/** Whether an address is of Vertex AI and not of the Gemini API: it names a project. */
export function isVertexAddress(baseUrl: string): boolean {
  return /\/projects\/[^/]+\/locations\/[^/]+/.test(baseUrl)
}

/** Whether chats at an address of Bedrock go through Converse, and not through its OpenAI-compatible endpoint. */
export function isConverseAddress(baseUrl: string): boolean {
  const { hostname, pathname } = new URL(baseUrl)
  return !hostname.startsWith('bedrock-mantle.') && !/\/openai\/v1\/*$/.test(pathname)
}

export interface CalledProvider {
  kind: ProviderKind
  baseUrl: string
  region: string | null
}

/**
 * Why a provider cannot be called with a credential: the field that is wrong, and what to put there; null when it can.
 *
 * @param lenders whose identities this installation lends
 */
export function credentialProblem(
  provider: CalledProvider,
  credential: ProviderCredential,
  lenders: readonly Lender[],
): { field: string; message: string } | null {
  const { kind, baseUrl, region } = provider
  const types = CREDENTIAL_TYPES[kind]
  if (!types.includes(credential.type)) return { field: 'type', message: `One of ${types.join(', ')} for this kind.` }
  const vertex = kind === 'google' && isVertexAddress(baseUrl)
  if (kind === 'google' && vertex !== (credential.type !== 'api_key')) {
    const message = vertex
      ? 'Vertex AI takes a service account; an API key is for the Gemini API.'
      : 'Only Vertex AI takes it: give an address such as https://europe-west4-aiplatform.googleapis.com/v1/projects/<project>/locations/europe-west4.'
    return { field: 'type', message }
  }
  if (credential.type === 'api_key') {
    const { organization, project, header } = credential
    if (kind !== 'openai' && organization) return { field: 'organization', message: 'Only OpenAI knows it.' }
    if (kind !== 'openai' && project) return { field: 'project', message: 'Only OpenAI knows it.' }
    if (kind !== 'openai_compatible' && header) {
      return { field: 'header', message: 'Only an OpenAI-compatible provider can choose it.' }
    }
  }
  if (isSigned(credential.type) && !regionOfAddress(kind, baseUrl) && !region) {
    return { field: 'type', message: 'Requests are signed for a region, which the address does not name: give it.' }
  }
  return lentProblem(provider, credential.type, lenders)
}

/** Whether requests are signed with it, for one region. */
function isSigned(type: CredentialType): boolean {
  return type === 'aws_keys' || type === 'aws_default'
}

/** A token of the machine, sent to an address that somebody chose, would be theirs. */
function lentProblem({ baseUrl }: CalledProvider, type: CredentialType, lenders: readonly Lender[]) {
  const lender = lenderOf(type)
  if (lender === null) return null
  if (!lenders.includes(lender)) {
    const message = `This installation does not lend its ${lender} identity. Whoever runs it can, with GATEHOUSE_LENT_IDENTITIES=${lender}.`
    return { field: 'type', message }
  }
  const host = new URL(baseUrl).hostname
  if (VENDOR_HOSTS[lender].test(host) || isLocalAddress(host)) return null
  return { field: 'type', message: `The identity of this machine is shown to ${lender}'s own addresses only.` }
}
