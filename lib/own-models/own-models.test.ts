import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { createModel } from '#lib/models/create-model.ts'
import { modelVersions as modelRecords } from '#lib/models/model-history.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { addModelSigner } from './add-model-signer.ts'
import { listModelSigners } from './model-signers.ts'
import { listModelVersions } from './model-versions.ts'
import { registerModelVersion } from './register-model-version.ts'
import { requestSignOff } from './request-sign-off.ts'
import { retireModelSigner } from './retire-model-signer.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`
const signed = (digest: string) => ({
  form: 'detached',
  signature: sign(null, Buffer.from(digest), privateKey).toString('base64'),
})

let here: TestOrganization
let operations: Context
let board: Context
let modelId: string
let signerId: string
beforeAll(async () => {
  here = await makeOrganization()
  operations = await here.person(['operations'])
  board = await here.person(['board_member'])
  const own = { name: 'Own', kind: 'openai_compatible', baseUrl: 'https://models.example.com/v1' }
  const { id: providerId } = await createProvider({ ctx: here.admin, input: own })
  const model = { providerId, identifier: 'churn', upstreamModel: 'churn-1', dialects: ['chat'] }
  modelId = (await createModel({ ctx: here.admin, input: model })).id
  signerId = (await addModelSigner({ ctx: here.admin, input: { name: 'Release', publicKey: pem } })).id
})

const register = (label: string, digest: string, change: object = {}, ctx = operations) =>
  registerModelVersion({
    ctx,
    input: { modelId, label, baseModel: 'gpt-oss-20b', digest, signerId, signature: signed(digest), ...change },
  })
const published = async () =>
  (await databases().system.gatewayConfig.findFirstOrThrow({ where: { kind: 'model', id: modelId } })).doc

describe('a version of an own model', () => {
  test('is registered with a signature that is verified, or not at all', async () => {
    const forged = { signature: signed(digestOf('b')) }
    await expect(register('1.0.0', digestOf('a'), forged)).rejects.toThrow('not one of this signer')
    expect((await listModelVersions(operations, modelId)).data).toEqual([])
    const first = await register('1.0.0', digestOf('a'))
    expect(first).toMatchObject({ signerName: 'Release', signedOffAt: null, upstreamModel: 'churn-1' })
    const own = { version: '1.0.0', digest: digestOf('a'), signedOff: false }
    expect(await published()).toMatchObject({ own })
    await expect(register('1.0.0', digestOf('c'))).rejects.toMatchObject({ kind: 'conflict' })
    await expect(register('1.0.1', digestOf('a'))).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('answers production once others have signed it off, and takes over then', async () => {
    const [first] = (await listModelVersions(operations, modelId)).data
    const change = { parentId: first?.id, upstreamModel: 'churn-2' }
    const both = await here.person(['operations', 'board_member'])
    const second = await register('2.0.0', digestOf('d'), change, both)
    expect(second).toMatchObject({ parentLabel: '1.0.0', inServiceSince: null })
    expect(await published()).toMatchObject({ own: { version: '1.0.0' }, upstreamModel: 'churn-1' })
    const { approvalId } = await requestSignOff({ ctx: here.admin, input: { id: second.id, reason: 'Evaluated' } })
    await expect(approveRequest({ ctx: both, input: { id: approvalId } })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    await approveRequest({ ctx: board, input: { id: approvalId } })
    const own = { version: '2.0.0', digest: digestOf('d'), signedOff: true }
    expect(await published()).toMatchObject({ own, upstreamModel: 'churn-2' })
    const { data } = await listModelVersions(operations, modelId)
    expect(data.map(({ label, inServiceSince }) => [label, inServiceSince !== null])).toEqual([
      ['2.0.0', true],
      ['1.0.0', false],
    ])
    await expect(requestSignOff({ ctx: operations, input: { id: second.id, reason: 'x' } })).rejects.toThrow('already')
    const [latest] = await modelRecords(here.admin, modelId)
    expect(latest?.changes).toContainEqual({ field: 'own version', before: '1.0.0', after: '2.0.0' })
  })

  test('is counted by what evidence says of who answered', async () => {
    const events = ['1.0.0', '2.0.0', '2.0.0'].map(label => {
      const modelVersion = `${label} ${digestOf(label === '1.0.0' ? 'a' : 'd')}`
      return makeRequestEvent(here.id, { modelId, teamId: here.teamId, modelVersion })
    })
    await recordRequestEvents(events)
    const { data, answered } = await listModelVersions(operations, modelId)
    expect(data.map(({ label, requests }) => [label, requests])).toEqual([
      ['2.0.0', 2],
      ['1.0.0', 1],
    ])
    expect(answered.map(({ requests }) => requests).sort()).toEqual([1, 2])
  })

  test('is not believed from an identity while nobody vouches for identities here', async () => {
    const identity = { issuer: 'https://login.example.com', subject: 'release@example.com' }
    const signer = await addModelSigner({ ctx: here.admin, input: { name: 'Pipeline', identity } })
    expect(signer).toMatchObject({ publicKey: null, fingerprint: null, identity })
    const change = { signerId: signer.id }
    await expect(register('3.0.0', digestOf('f'), change)).rejects.toThrow('takes a Sigstore bundle')
    for (const input of [{ name: 'Both', publicKey: pem, identity }, { name: 'Neither' }]) {
      await expect(addModelSigner({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'invalid_input' })
    }
  })

  test('is not believed from a signer that is retired', async () => {
    const { privateKey: other, publicKey: otherKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = otherKey.export({ type: 'spki', format: 'pem' }).toString()
    const old = await addModelSigner({ ctx: here.admin, input: { name: 'Old', publicKey: key } })
    await retireModelSigner({ ctx: here.admin, input: { id: old.id, reason: 'Its key was on a lost laptop' } })
    const digest = digestOf('e')
    const signature = { form: 'detached', signature: sign('sha256', Buffer.from(digest), other).toString('base64') }
    await expect(register('3.0.0', digest, { signerId: old.id, signature })).rejects.toThrow('retired')
  })
})

test('versions and signers are the organization’s own, and for who may', async () => {
  const elsewhere = await makeOrganization()
  const developer = await here.person(['developer'])
  const [version] = (await listModelVersions(operations, modelId)).data
  const ask = { id: version?.id, reason: 'x' }
  await expect(listModelVersions(elsewhere.admin, modelId)).rejects.toMatchObject({ kind: 'not_found' })
  await expect(register('9', digestOf('9'), {}, elsewhere.admin)).rejects.toMatchObject({ kind: 'not_found' })
  await expect(requestSignOff({ ctx: elsewhere.admin, input: ask })).rejects.toMatchObject({ kind: 'not_found' })
  expect(await listModelSigners(elsewhere.admin)).toEqual([])
  await expect(register('9', digestOf('9'), {}, developer)).rejects.toMatchObject({ kind: 'permission_denied' })
  await expect(requestSignOff({ ctx: developer, input: ask })).rejects.toMatchObject({ kind: 'permission_denied' })
  // Whoever registers versions does not say whose signatures are believed.
  const input = { name: 'Mine', publicKey: pem }
  await expect(addModelSigner({ ctx: operations, input })).rejects.toMatchObject({ kind: 'permission_denied' })
})
