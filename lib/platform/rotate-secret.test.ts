import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unwrapDataKey } from '#core/content/content-cipher.ts'
import { deriveKey, open, type SecretPurpose, seal } from '#core/secrets.ts'
import { setContentLogging } from '#lib/content-log/set-content-logging.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { createChannel } from '#lib/notification-channels/create-channel.ts'
import { setProviderCredential } from '#lib/providers/set-provider-credential.ts'
import { startGateway, until } from '#test/gateway.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { databases } from './database.ts'
import { AFTER_ROTATION, rotateSecret } from './rotate-secret.ts'

// It seals anew what every organization has.
const removeDatabase = await takeOwnDatabase()

const BEFORE = process.env.GATEHOUSE_SECRET_KEY ?? ''
const AFTER = 'another secret, of another year, that nobody knows'
const CREDENTIAL = 'sk-rotated-0123456789abcdef'

let suite: GovernedSuite
let channel: { id: string; secret: string | null }
beforeAll(async () => {
  suite = await startGovernedSuite()
  const ctx = suite.org.admin
  await installGuardrails({ ctx, input: {} })
  await setContentLogging({ ctx, input: { enabled: true } })
  const credential = { type: 'api_key', apiKey: CREDENTIAL }
  await setProviderCredential({ ctx, input: { id: suite.catalog.providerId, credential } })
  const answer = { caller: 'person:x', key: 'once', requestHash: Buffer.alloc(32), status: 201 }
  const body = seal(deriveKey(BEFORE, 'answer'), `answer:${suite.org.id}:person:x:once`, '{"key":"gh_live"}')
  await databases().system.idempotencyRecord.create({ data: { organizationId: suite.org.id, ...answer, body } })
  const target = { kind: 'webhook', url: 'https://hooks.example.test/x' }
  const { id, secret } = await createChannel({ ctx, input: { name: 'Ops', target, enabled: false } })
  channel = { id, secret }
})
afterAll(async () => {
  await suite?.stop()
  await removeDatabase()
})

const { system } = databases()
const where = () => ({ organizationId: suite.org.id })
const openWith = (secret: string, purpose: SecretPurpose, context: string, sealed: unknown) =>
  open(deriveKey(secret, purpose), context, String(sealed))

test('everything sealed opens with the new secret, records and documents alike, and is the same', async () => {
  const { wrappedKey, id } = await system.contentKey.findFirstOrThrow({ where: where() })
  const dataKey = unwrapDataKey(deriveKey(BEFORE, 'content'), id, wrappedKey ?? '')
  // A provider's, a content key's, an answer's, a channel's; and of the first two the documents.
  expect(await rotateSecret(BEFORE, AFTER)).toEqual({ organizations: 1, rewrapped: 6, unreadable: [] })
  const { secrets } = await system.notificationChannel.findUniqueOrThrow({ where: { id: channel.id } })
  const opened = openWith(AFTER, 'notification-channel', `notification-channel:${channel.id}`, secrets)
  expect(JSON.parse(opened)).toEqual({ signingSecret: channel.secret })
  const provider = await system.provider.findUniqueOrThrow({ where: { id: suite.catalog.providerId } })
  const context = `provider:${provider.id}`
  expect(openWith(AFTER, 'credential', context, provider.credential)).toContain(CREDENTIAL)
  expect(() => openWith(BEFORE, 'credential', context, provider.credential)).toThrow()
  const key = await system.contentKey.findFirstOrThrow({ where: where() })
  expect(unwrapDataKey(deriveKey(AFTER, 'content'), id, key.wrappedKey ?? '')).toEqual(dataKey)
  const answer = await system.idempotencyRecord.findFirstOrThrow({ where: { ...where(), key: 'once' } })
  expect(openWith(AFTER, 'answer', `answer:${suite.org.id}:person:x:once`, answer.body)).toBe('{"key":"gh_live"}')
  for (const [kind, field, purpose, prefix] of [
    ['provider', 'credential', 'credential', 'provider'],
    ['content_key', 'wrappedKey', 'content', 'content-key'],
  ] as const) {
    const row = await system.gatewayConfig.findFirstOrThrow({ where: { ...where(), kind, deleted: false } })
    const sealed = (row.doc as Record<string, string>)[field]
    expect(() => openWith(AFTER, purpose, `${prefix}:${row.id}`, sealed)).not.toThrow()
  }
  const entries = await system.auditEntry.findMany({ where: { ...where(), action: 'organization.secret_rotated' } })
  expect(entries).toMatchObject([{ after: { rewrapped: 6 }, subjectId: suite.org.id }])
})

test('again it changes nothing; what was left half is finished, and what opens with neither is named and left', async () => {
  expect(await rotateSecret(BEFORE, AFTER)).toEqual({ organizations: 0, rewrapped: 0, unreadable: [] })
  const id = suite.catalog.providerId
  const { credential } = await system.provider.findUniqueOrThrow({ where: { id } })
  const context = `provider:${id}`
  const half = seal(deriveKey(BEFORE, 'credential'), context, CREDENTIAL)
  await system.provider.update({ where: { id }, data: { credential: half } })
  expect(await rotateSecret(BEFORE, AFTER)).toMatchObject({ rewrapped: 1, unreadable: [] })
  const lost = seal(deriveKey('nobody knows this secret any more at all', 'credential'), context, 'lost')
  await system.provider.update({ where: { id }, data: { credential: lost } })
  expect(await rotateSecret(BEFORE, AFTER)).toEqual({ organizations: 0, rewrapped: 0, unreadable: [context] })
  expect((await system.provider.findUniqueOrThrow({ where: { id } })).credential).toBe(lost)
  await system.provider.update({ where: { id }, data: { credential } })
})

test('a gateway with the new secret and the kept hash key serves the API keys of before', async () => {
  const hashKey = deriveKey(BEFORE, 'api-key-hash').toString('base64url')
  const env = { GATEHOUSE_SECRET_KEY: AFTER, GATEHOUSE_KEY_HASH_KEY: hashKey }
  const ask = (gateway: { url: string }) =>
    postJson(`${gateway.url}/v1/chat/completions`, suite.key, {
      model: 'sandbox-gpt',
      messages: [{ role: 'user', content: 'hi' }],
    })
  const [kept, forgotten] = await Promise.all([
    startGateway({ env }),
    startGateway({ env: { ...env, GATEHOUSE_KEY_HASH_KEY: '' } }),
  ])
  try {
    await until('the key is known', async () => (await ask(kept)).status === 200)
    expect((await ask(forgotten)).status).toBe(401)
    const { body } = await kept.admin('GET', '/status')
    expect((body as { reasons: string[] }).reasons).toEqual([])
  } finally {
    await Promise.all([kept.stop(), forgotten.stop()])
  }
})

test('whatever is sealed is sealed anew', async () => {
  const root = path.resolve(import.meta.dirname, '../..')
  const places = new Set<string>()
  for await (const file of glob('{lib,worker,app,prisma/seed}/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts') || file === 'lib/platform/rotate-secret.ts') continue
    const source = readFileSync(path.join(root, file), 'utf8')
    for (const [, purpose] of source.matchAll(/(?:seal|sealBytes|wrapDataKey)\(\s*secretKey\('([\w-]+)'\)/g)) {
      places.add(`${purpose} in ${file}`)
    }
  }
  // A further place needs a line in rotate-secret.ts besides.
  expect([...places].sort()).toEqual([
    'answer in lib/api/idempotency.ts',
    'artifact-remote in lib/artifacts/remote.ts',
    'content in lib/content-log/content-keys.ts',
    'credential in lib/providers/credential.ts',
    'notification-channel in lib/notification-channels/channel-secrets.ts',
  ])
  const rewrapped = Object.entries(AFTER_ROTATION).filter(([, fate]) => fate === 'rewrapped')
  expect(rewrapped.map(([purpose]) => purpose).sort()).toEqual([
    'answer',
    'artifact-remote',
    'content',
    'credential',
    'notification-channel',
  ])
})
