import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Bundle, bundleFromJSON } from '@sigstore/bundle'
import { type TrustMaterial, toSignedEntity, Verifier } from '@sigstore/verify'
import { z } from 'zod'
import type { ArtifactSignature } from './schema.ts'

const KEY_TYPES = new Set(['ec', 'ed25519'])
const STATEMENT_TYPE = 'application/vnd.in-toto+json'
/** in-toto Attestation Framework, Statement v1: what of it names the artifact. */
const Statement = z.object({
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })).min(1),
})

/** A public key that signatures of artifacts are made with. Throws with the rule for any other text. */
export function readSignerKey(pem: string): KeyObject {
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    throw new Error('This is no public key in PEM form.')
  }
  if (pem.includes('PRIVATE KEY'))
    throw new Error('This is a private key. Keep it to yourself and give the public one.')
  if (key.asymmetricKeyType && KEY_TYPES.has(key.asymmetricKeyType)) return key
  throw new Error('The key has to be an ECDSA or Ed25519 key.')
}

/** SHA-256 of a key's SubjectPublicKeyInfo, in hex. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** Somebody whom a certificate authority vouches for at the moment of signing. */
export interface CertifiedSigner {
  /** Who knew them: the OpenID issuer that the certificate names. */
  readonly issuer: string
  /** The certificate's subject, to the letter: an e-mail address or a URI. */
  readonly subject: string
  /** Whose certificates are believed; null: nobody's. */
  readonly root: TrustMaterial | null
}

/** Why a signature does not prove that a signer signed an artifact of this digest, in words; null: it does. */
export function signatureProblem(
  digest: string,
  signature: ArtifactSignature,
  signer: KeyObject | CertifiedSigner,
): string | null {
  if (signature.form === 'bundle') return bundleProblem(digest, signature.bundle, signer)
  if ('issuer' in signer) return 'This signer is believed by certificate, so it takes a Sigstore bundle.'
  return detachedProblem(digest, signature.signature, signer)
}

function detachedProblem(digest: string, signature: string, key: KeyObject): string | null {
  const algorithm = key.asymmetricKeyType === 'ec' ? 'sha256' : null
  const genuine = verify(algorithm, Buffer.from(digest), key, Buffer.from(signature, 'base64'))
  return genuine ? null : 'The signature is not one of this signer over this digest.'
}

function bundleProblem(digest: string, json: object, signer: KeyObject | CertifiedSigner): string | null {
  let bundle: Bundle
  try {
    bundle = bundleFromJSON(json)
  } catch (error) {
    return `This is no Sigstore bundle: ${wordsOf(error)}.`
  }
  if (bundle.content.$case !== 'dsseEnvelope') return 'The bundle has to hold a DSSE envelope with a statement.'
  const byKey = bundle.verificationMaterial.content.$case === 'publicKey'
  if ('issuer' in signer && byKey)
    return 'The bundle is signed with a key; this signer is believed by certificate only.'
  if (!('issuer' in signer) && !byKey) {
    return 'The bundle is signed with a certificate, and this signer is a key. Name a signer who is an identity.'
  }
  if ('issuer' in signer && signer.root === null) {
    return 'No certificate is believed here: GATEHOUSE_SIGSTORE_TRUST_ROOT names no trust root.'
  }
  try {
    if ('issuer' in signer) verifyCertified(bundle, signer)
    else new Verifier(trusting(signer), OFFLINE).verify(toSignedEntity(bundle))
  } catch (error) {
    return `The bundle is not signed by this signer: ${wordsOf(error)}.`
  }
  const { payload, payloadType } = bundle.content.dsseEnvelope
  if (payloadType !== STATEMENT_TYPE) return `The envelope holds ${payloadType}, not an in-toto statement.`
  return statesDigest(payload, digest) ? null : 'The signed statement names other artifacts than this digest.'
}

/**
 * A certificate lives for minutes, so the moment of signing has to be proved: by an entry in a transparency log of the
 * root or by a timestamp of one of its authorities. Where the root names logs, an entry in one is demanded; where it
 * names logs of certificates, the certificate's as well.
 */
function verifyCertified(bundle: Bundle, { issuer, subject, root }: CertifiedSigner): void {
  if (!root) throw new Error('nothing is trusted')
  const thresholds = {
    tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
    ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
    timestampThreshold: 1,
  }
  // The library takes the subject for a pattern.
  const subjectAlternativeName = new RegExp(`^${RegExp.escape(subject)}$`)
  new Verifier(root, thresholds).verify(toSignedEntity(bundle), { subjectAlternativeName, extensions: { issuer } })
}

/** The key is trusted as it is: neither a log nor a timestamp speaks for it. */
const OFFLINE = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 }

function trusting(key: KeyObject): TrustMaterial {
  return {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => ({ publicKey: key, validFor: () => true }),
  }
}

function statesDigest(payload: Uint8Array, digest: string): boolean {
  try {
    const { subject } = Statement.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
    return subject.some(one => `sha256:${one.digest.sha256}` === digest)
  } catch {
    return false
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '').slice(0, 200) : 'it cannot be read'
}
