import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readSignerKey, signatureProblem } from './verify-artifact.ts'

const DIGEST = `sha256:${'ab'.repeat(32)}`
const OTHER = `sha256:${'cd'.repeat(32)}`
const pairs = {
  ECDSA: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  Ed25519: generateKeyPairSync('ed25519'),
}
const stranger = generateKeyPairSync('ed25519')

function detached(privateKey: KeyObject, digest: string) {
  const algorithm = privateKey.asymmetricKeyType === 'ec' ? 'sha256' : null
  return { form: 'detached' as const, signature: sign(algorithm, Buffer.from(digest), privateKey).toString('base64') }
}

/** DSSE v1: the signature is over the type and the payload, each with its length. */
function bundled(privateKey: KeyObject, digest: string, payloadType = 'application/vnd.in-toto+json') {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'model', digest: { sha256: digest.slice('sha256:'.length) } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {},
  }
  const payload = Buffer.from(JSON.stringify(statement))
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `
  const algorithm = privateKey.asymmetricKeyType === 'ec' ? 'sha256' : null
  const signature = sign(algorithm, Buffer.concat([Buffer.from(head), payload]), privateKey)
  return {
    form: 'bundle' as const,
    bundle: {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: 'release' }, tlogEntries: [] },
      dsseEnvelope: {
        payload: payload.toString('base64'),
        payloadType,
        signatures: [{ sig: signature.toString('base64'), keyid: '' }],
      },
    } as Record<string, unknown>,
  }
}

describe.each(Object.entries(pairs))('a signature of a key for %s', (_, { publicKey, privateKey }) => {
  test.each([
    ['detached', detached],
    ['bundle', bundled],
  ] as const)('as %s is believed for its digest alone', (_form, make) => {
    expect(signatureProblem(DIGEST, make(privateKey, DIGEST), publicKey)).toBeNull()
    expect(signatureProblem(OTHER, make(privateKey, DIGEST), publicKey)).not.toBeNull()
    expect(signatureProblem(DIGEST, make(stranger.privateKey, DIGEST), publicKey)).toContain('signer')
  })
})

test('a bundle that is none, or that says something else, is refused with the reason', () => {
  const { publicKey, privateKey } = pairs.ECDSA
  expect(signatureProblem(DIGEST, { form: 'bundle', bundle: {} }, publicKey)).toContain('no Sigstore bundle')
  expect(signatureProblem(DIGEST, bundled(privateKey, DIGEST, 'text/plain'), publicKey)).toContain('text/plain')
  const cut = bundled(privateKey, DIGEST)
  cut.bundle.dsseEnvelope = { ...(cut.bundle.dsseEnvelope as object), signatures: [] }
  expect(signatureProblem(DIGEST, cut, publicKey)).not.toBeNull()
})

test('a signer is a public key of a kind that is still safe', () => {
  const pem = (key: KeyObject, type: 'spki' | 'pkcs8') => key.export({ type, format: 'pem' }).toString()
  expect(readSignerKey(pem(pairs.Ed25519.publicKey, 'spki')).asymmetricKeyType).toBe('ed25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  expect(() => readSignerKey(pem(rsa.publicKey, 'spki'))).toThrow('ECDSA or Ed25519')
  expect(() => readSignerKey(pem(pairs.Ed25519.privateKey, 'pkcs8'))).toThrow('private key')
  expect(() => readSignerKey('hello')).toThrow('no public key')
})
