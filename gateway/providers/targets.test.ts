import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { PROVIDER_KINDS } from '#core/contracts/config-documents.ts'
import { OPERATIONS, type Operation } from '#gateway/operations.ts'
import { guardedLookup, isAllowedAddress } from './address-guard.ts'
import { VENDORS } from './vendors.ts'

const VERTEX = 'https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4'

function operation(name: Operation['name']): Operation {
  const found = OPERATIONS.find(one => one.name === name)
  if (!found) throw new Error(name)
  return found
}

test.each<[(typeof PROVIDER_KINDS)[number], string, Operation['name'], string | null]>([
  ['openai', 'https://api.openai.com/v1', 'chat', '/v1/chat/completions'],
  ['openai', 'https://api.openai.com', 'responses', '/v1/responses'],
  ['openai', 'https://api.openai.com', 'messages', null],
  ['anthropic', 'https://api.anthropic.com', 'messages', '/v1/messages'],
  ['anthropic', 'https://api.anthropic.com/v1/', 'count_tokens', '/v1/messages/count_tokens'],
  ['anthropic', 'https://api.anthropic.com', 'chat', null],
  ['openai_compatible', 'https://llm.example/api/v3', 'chat', '/api/v3/chat/completions'],
  [
    'azure_openai',
    'https://r.openai.azure.com',
    'chat',
    '/openai/deployments/m%201/chat/completions?api-version=2024-10-21',
  ],
  [
    'azure_openai',
    'https://r.openai.azure.com?api-version=2025-01-01',
    'embeddings',
    '/openai/deployments/m%201/embeddings?api-version=2025-01-01',
  ],
  ['azure_openai', 'https://r.openai.azure.com/openai/v1', 'moderations', null],
  ['openai', 'https://api.openai.com', 'moderations', '/v1/moderations'],
  ['openai_compatible', 'https://llm.example', 'completions', '/v1/completions'],
  ['azure_openai', 'https://r.openai.azure.com/openai/v1', 'chat', '/openai/v1/chat/completions'],
  ['google', 'https://generativelanguage.googleapis.com', 'chat', '/v1beta/openai/chat/completions'],
  ['google', 'https://generativelanguage.googleapis.com', 'responses', null],
  ['google', VERTEX, 'chat', '/v1/projects/p/locations/europe-west4/endpoints/openapi/chat/completions'],
  ['google', VERTEX, 'messages', '/v1/projects/p/locations/europe-west4/publishers/anthropic/models/m%201:rawPredict'],
  ['aws_bedrock', 'https://bedrock-runtime.eu-west-1.amazonaws.com', 'chat', '/model/m%201/converse'],
  ['aws_bedrock', 'https://bedrock-runtime.eu-west-1.amazonaws.com', 'responses', null],
  ['aws_bedrock', 'https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1', 'chat', '/openai/v1/chat/completions'],
  ['aws_bedrock', 'https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1', 'messages', '/model/m%201/invoke'],
  ['aws_bedrock', 'https://bedrock-mantle.eu-west-1.api.aws', 'responses', '/v1/responses'],
  ['aws_bedrock', 'https://bedrock-mantle.eu-west-1.api.aws', 'messages', null],
  ['sandbox', 'http://127.0.0.1:4010', 'messages', '/v1/messages'],
])('%s at %s serves %s at %s', (kind, base, name, path) => {
  const call = { base: new URL(base), operation: operation(name), model: 'm 1', credential: null }
  expect(VENDORS[kind].endpoint(call)?.path ?? null).toBe(path)
})

test('each vendor gets an API key in the header it reads', () => {
  const chat = operation('chat')
  const key = { type: 'api_key', apiKey: 's' } as const
  expect(VENDORS.anthropic.keyHeaders(key, operation('messages'))).toEqual(['x-api-key', 's'])
  expect(VENDORS.azure_openai.keyHeaders(key, chat)).toEqual(['api-key', 's'])
  expect(VENDORS.openai.keyHeaders({ ...key, organization: 'org-1', project: 'proj-1' }, chat)).toEqual([
    'authorization',
    'Bearer s',
    'openai-organization',
    'org-1',
    'openai-project',
    'proj-1',
  ])
  expect(VENDORS.openai_compatible.keyHeaders(key, chat)).toEqual(['authorization', 'Bearer s'])
  expect(VENDORS.openai_compatible.keyHeaders({ ...key, header: 'x-token' }, chat)).toEqual(['x-token', 's'])
})

const OPEN = { encrypted: true, loopback: false, privateNetwork: false }

test.each([
  ['8.8.8.8', OPEN, true],
  ['10.1.2.3', OPEN, false],
  ['10.1.2.3', { ...OPEN, privateNetwork: true }, true],
  ['8.8.8.8', { ...OPEN, encrypted: false, privateNetwork: true }, false],
  ['127.0.0.1', OPEN, false],
  ['::1', { ...OPEN, loopback: true }, true],
  ['::ffff:127.0.0.1', OPEN, false],
  ['169.254.169.254', { ...OPEN, loopback: true, privateNetwork: true }, false],
  ['0.0.0.0', { ...OPEN, loopback: true, privateNetwork: true }, false],
])('%s with %o: %s', (address, policy, allowed) => {
  expect(isAllowedAddress(address, policy)).toBe(allowed)
})

test('a name that leads inside is refused at the connection', async () => {
  const result = await new Promise(resolve => guardedLookup(OPEN)('localhost', {}, error => resolve(error)))
  expect(result).toMatchObject({ code: 'FORBIDDEN_ADDRESS' })
})

test('no library that looks for identities of the machine is loaded before one is chosen', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) })
    await import(${JSON.stringify(path.join(import.meta.dirname, 'targets.ts'))})
    console.log(JSON.stringify(seen))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  const loaded = JSON.parse(stdout) as string[]
  expect(loaded.some(url => url.endsWith('/authorization/entra-token.ts'))).toBe(true)
  expect(loaded.filter(url => /@azure\/|google-auth-library|credential-provider|gcp-metadata/.test(url))).toEqual([])
})
