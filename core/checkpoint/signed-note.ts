import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * Signed notes as specified by C2SP (https://c2sp.org/signed-note), with Ed25519: a text, an empty line, and
 * signature lines `— <name> <base64 of key id ‖ signature>`.
 */
export interface NoteSigner {
  /** Names the log and its key; no spaces or plus signs. */
  name: string
  privateKey: KeyObject
}

export interface NoteVerifier {
  name: string
  keyId: Buffer
  publicKey: KeyObject
}

const ED25519 = Buffer.from([1])
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+=*)$/
const VERIFIER_KEY = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/

/** A signer from a 32-byte seed (RFC 8032 private key). */
export function makeSigner(name: string, seed: Uint8Array): NoteSigner {
  if (!/^[^\s+]+$/.test(name)) throw new Error('a key name has no spaces and no plus signs')
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  return { name, privateKey: key }
}

/** The verifier key as text: `<name>+<key id>+<base64 of algorithm ‖ public key>`. It is public. */
export function verifierKey(signer: NoteSigner): string {
  const bytes = publicBytes(createPublicKey(signer.privateKey))
  const encoded = Buffer.concat([ED25519, bytes]).toString('base64')
  return `${signer.name}+${keyIdOf(signer.name, bytes).toString('hex')}+${encoded}`
}

/** Reads a verifier key. Throws when its form or its key id is wrong. */
export function readVerifierKey(text: string): NoteVerifier {
  const [, name = '', id, encoded = ''] = VERIFIER_KEY.exec(text.trim()) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (!name || bytes.length !== 33 || bytes[0] !== ED25519[0]) throw new Error('This is not an Ed25519 verifier key.')
  const keyId = keyIdOf(name, bytes.subarray(1))
  if (keyId.toString('hex') !== id) throw new Error('The key id of this verifier key does not fit its key.')
  const der = Buffer.concat([SPKI_PREFIX, bytes.subarray(1)])
  return { name, keyId, publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

/** Signs a text, which must end in a newline. */
export function signNote(signer: NoteSigner, text: string): string {
  if (!text.endsWith('\n')) throw new Error('a note ends in a newline')
  const keyId = keyIdOf(signer.name, publicBytes(createPublicKey(signer.privateKey)))
  const signature = sign(null, Buffer.from(text), signer.privateKey)
  return `${text}\n— ${signer.name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`
}

/** The text of a note that carries a valid signature by this key. Throws otherwise. */
export function openNote(verifier: NoteVerifier, note: string): string {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw new Error('This is not a signed note.')
  const text = note.slice(0, split + 1)
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = Buffer.from(encoded, 'base64')
    if (name !== verifier.name || !bytes.subarray(0, 4).equals(verifier.keyId)) continue
    if (verify(null, Buffer.from(text), verifier.publicKey, bytes.subarray(4))) return text
    throw new Error(`The signature of ${name} does not fit the text: it was altered or forged.`)
  }
  throw new Error(`The note is not signed by ${verifier.name}.`)
}

/** The first four bytes of SHA-256(name ‖ LF ‖ algorithm ‖ public key). */
function keyIdOf(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`).update(ED25519).update(publicKey).digest().subarray(0, 4)
}

function publicBytes(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length)
}
