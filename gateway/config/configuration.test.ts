import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { deriveKey, seal } from '#core/secrets.ts'
import { type ConfigRow, Configuration } from './configuration.ts'

const credentialKey = deriveKey('a secret of the installation for tests', 'credential')
const organization = newId()
const provider = newId()
let configuration: Configuration
let version = 0

beforeEach(() => {
  configuration = new Configuration({ credential: credentialKey, content: credentialKey })
  version = 0
})

function row(kind: string, id: string, doc: unknown, deleted = false): ConfigRow {
  return { organization_id: organization, kind, id, version: String(++version), doc, deleted }
}

const model = (identifier: string, aliases: string[], createdAt = '2026-01-01T00:00:00.000Z') => ({
  identifier,
  displayName: identifier,
  aliases,
  providerId: provider,
  upstreamModel: identifier,
  dialects: ['chat'],
  lifecycle: 'approved',
  sunsetAt: null,
  contextWindow: null,
  maxOutputTokens: null,
  tiers: [],
  regions: [],
  createdAt,
  prices: [],
})

const key = (publicId: string) => ({
  kind: 'live',
  name: 'key',
  publicId,
  secretHash: randomBytes(32).toString('base64url'),
  teamId: newId(),
  personId: null,
  environment: 'production',
  modelIds: [],
  requestsPerMinute: null,
  dailyLimitNanoUsd: null,
  ipAllowList: [],
  expiresAt: '2099-01-01T00:00:00.000Z',
  revokedAt: null,
})

const names = () => configuration.organizations.get(organization)?.names

test('identifiers win over aliases, and of equal aliases the older model’s', () => {
  const [first, second] = [newId(), newId()]
  configuration.apply([
    row('model', second, model('b', ['x', 'a'], '2026-02-01T00:00:00.000Z')),
    row('model', first, model('a', ['x'])),
  ])
  expect(names()?.get('a')?.id).toBe(first)
  expect(names()?.get('x')?.id).toBe(first)
  configuration.apply([row('model', first, {}, true)])
  expect(names()?.get('a')?.id).toBe(second)
  expect(configuration.version).toBe('3')
})

test('a document that cannot be read is kept out, its former self as well, and reported until it is mended', () => {
  const id = newId()
  configuration.apply([row('key', id, key('AAAAAAAAAAAA'))])
  expect(configuration.keys.has('AAAAAAAAAAAA')).toBe(true)
  configuration.apply([row('key', id, { ...key('AAAAAAAAAAAA'), surprise: true })])
  expect(configuration.keys.has('AAAAAAAAAAAA')).toBe(false)
  expect([...configuration.problems.keys()]).toEqual([`key ${id}`])
  configuration.apply([row('key', id, key('BBBBBBBBBBBB'))])
  expect(configuration.keys.has('BBBBBBBBBBBB')).toBe(true)
  expect(configuration.problems.size).toBe(0)
})

test('a credential sealed for another provider does not open, so the provider stays out', () => {
  const document = {
    name: 'P',
    kind: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    region: null,
    credential: seal(credentialKey, `provider:${newId()}`, 'secret'),
    allowPrivateNetwork: false,
    enabled: true,
  }
  configuration.apply([row('provider', provider, document)])
  expect(configuration.organizations.get(organization)?.providers.size).toBe(0)
  expect([...configuration.problems.values()].join()).not.toContain('secret')
})

test('a full load replaces all that was held', () => {
  configuration.apply([row('key', newId(), key('AAAAAAAAAAAA')), row('model', newId(), model('old', []))])
  configuration.apply([row('key', newId(), key('CCCCCCCCCCCC'))], true)
  expect([...configuration.keys.keys()]).toEqual(['CCCCCCCCCCCC'])
  expect(names()?.size ?? 0).toBe(0)
  expect(configuration.rows()).toHaveLength(1)
})
