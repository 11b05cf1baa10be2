import type { ProviderKind } from '#core/provider-kinds.ts'

export interface ProbeRequest {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
}

const ANTHROPIC_VERSION = '2023-06-01'
const AZURE_API_VERSION = '2024-10-21'
/** Where a kind of provider keeps its API when the base URL is an origin alone. */
const USUAL_PATH: Partial<Record<ProviderKind, string>> = { google: '/v1beta/openai', aws_bedrock: '/openai/v1' }

/**
 * The call that tells whether a provider can be reached with its credential: its model list. Bedrock's runtime
 * has none; there an empty chat completion is refused as invalid before it costs anything, once the credential is
 * accepted.
 */
export function probeRequest(target: { kind: ProviderKind; baseUrl: string; credential: string | null }): ProbeRequest {
  const { kind, credential } = target
  const headers = { accept: 'application/json', 'user-agent': 'gatehouse', ...credentialHeaders(kind, credential) }
  if (kind === 'aws_bedrock') {
    return {
      url: endpoint(target, '/chat/completions'),
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{}',
    }
  }
  return { url: endpoint(target, '/models'), method: 'GET', headers }
}

function endpoint({ kind, baseUrl }: { kind: ProviderKind; baseUrl: string }, path: string): string {
  const url = new URL(baseUrl)
  const base = url.pathname.replace(/\/+$/, '')
  if (kind === 'azure_openai' && !base.endsWith('/openai/v1')) {
    const version = url.searchParams.get('api-version') ?? AZURE_API_VERSION
    return `${url.origin}${base.endsWith('/openai') ? base : `${base}/openai`}${path}?api-version=${version}`
  }
  if (kind === 'anthropic') return `${url.origin}${base.endsWith('/v1') ? base : `${base}/v1`}${path}`
  return `${url.origin}${base || (USUAL_PATH[kind] ?? '/v1')}${path}`
}

function credentialHeaders(kind: ProviderKind, credential: string | null): Record<string, string> {
  if (kind === 'anthropic') {
    return { 'anthropic-version': ANTHROPIC_VERSION, ...(credential === null ? {} : { 'x-api-key': credential }) }
  }
  if (credential === null) return {}
  return kind === 'azure_openai' ? { 'api-key': credential } : { authorization: `Bearer ${credential}` }
}
