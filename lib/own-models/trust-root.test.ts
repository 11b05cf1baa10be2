import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toTrustMaterial } from '@sigstore/verify'
import { afterAll, describe, expect, test } from 'vitest'
import { SigstoreInstance } from '#test/sigstore-instance.ts'
import { readTrustRoot } from './trust-root.ts'
import { signatureProblem } from './verify-artifact.ts'

const DIGEST = `sha256:${'ab'.repeat(32)}`
const OTHER = `sha256:${'cd'.repeat(32)}`
const who = { issuer: 'https://login.example.com', subject: 'release@example.com' }
const instance = new SigstoreInstance()
const stranger = new SigstoreInstance()
const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-root-'))
afterAll(() => {
  for (const one of [instance, stranger]) one.remove()
  rmSync(folder, { recursive: true, force: true })
})

const materialOf = (of: SigstoreInstance) => toTrustMaterial(TrustedRoot.fromJSON(of.trustRoot()))
const root = materialOf(instance)
const problem = (bundle: Record<string, unknown>, change: object = {}, digest = DIGEST) =>
  signatureProblem(digest, { form: 'bundle', bundle }, { ...who, root, ...change })

describe('a bundle that is signed with a certificate', () => {
  test('is believed of the identity that the root vouches for, and for its digest alone', () => {
    const bundle = instance.bundle(DIGEST, who)
    expect(problem(bundle)).toBeNull()
    expect(problem(bundle, {}, OTHER)).toContain('other artifacts')
  })

  test.each([
    ['another subject', { subject: 'somebody@example.com' }],
    ['a subject that only begins so', { subject: 'release@example.co' }],
    ['a subject that reads as a pattern', { subject: '.*@example.com' }],
    ['another issuer', { issuer: 'https://elsewhere.example.com' }],
    ['the root of somebody else', { root: materialOf(stranger) }],
    ['no root', { root: null }],
  ])('is not believed of %s', (_, change) => {
    expect(problem(instance.bundle(DIGEST, who), change)).not.toBeNull()
  })

  test.each([
    ['is in no log', { unlogged: true }],
    ['is in the log under another signature', { otherEntry: true }],
    ['was signed when its certificate was over', { at: new Date(Date.now() + 3 * 86_400_000) }],
    ['was signed before there was a certificate', { at: new Date(Date.now() - 86_400_000) }],
  ])('is not believed when it %s', (_, flaw) => {
    expect(problem(instance.bundle(DIGEST, who, flaw))).toContain('not signed by this signer')
  })

  test('is not what a signer by key makes, nor the other way round', () => {
    const byCertificate = { form: 'bundle', bundle: instance.bundle(DIGEST, who) } as const
    const detached = { form: 'detached', signature: 'AAAA' } as const
    expect(signatureProblem(DIGEST, detached, { ...who, root })).toContain('takes a Sigstore bundle')
    expect(signatureProblem(DIGEST, byCertificate, stranger.logKey)).toContain('signer is a key')
  })
})

describe('a trust root', () => {
  const written = (name: string, content: unknown) => {
    const file = path.join(folder, name)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  test('is read from its file; without one there is none', async () => {
    const read = await readTrustRoot(written('whole.json', instance.trustRoot()))
    expect(problem(instance.bundle(DIGEST, who), { root: read })).toBeNull()
    expect(await readTrustRoot(undefined)).toBeNull()
  })

  test.each([
    ['that is not there', null],
    ['that is no JSON', '{'],
    ['without an authority', instance.trustRoot({ certificateAuthorities: [] })],
    ['without a log or a timestamp authority', instance.trustRoot({ tlogs: [] })],
  ])('%s is refused, so that nothing is believed by mistake', async (_, content) => {
    const file = content === null ? path.join(folder, 'nowhere.json') : written('broken.json', content)
    await expect(readTrustRoot(file)).rejects.toMatchObject({ kind: 'conflict' })
  })
})
