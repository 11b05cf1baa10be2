import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts content on its way through a gateway's spool, with AES-256-GCM. Every process has a key of its own, made
 * of the installation's and a random salt (HKDF-SHA-256), so that a counter is a nonce never used before
 * (NIST SP 800-38D, section 8.2.1). The text is base64url of salt, nonce, tag and ciphertext.
 */
export class SpoolCipher {
  readonly #master: Buffer
  readonly #salt = randomBytes(SALT_BYTES)
  readonly #key: Buffer
  #count = 0n
  /** Keys of processes before this one, whose segments it ships. */
  readonly #others = new Map<string, Buffer>()

  constructor(master: Buffer) {
    this.#master = master
    this.#key = this.#keyOf(this.#salt)
  }

  /** Encrypts pieces as one; `context` is bound to them. */
  seal(context: string, pieces: readonly Uint8Array[]): string {
    const nonce = Buffer.alloc(NONCE_BYTES)
    nonce.writeBigUInt64BE(this.#count++, NONCE_BYTES - 8)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context))
    const body = pieces.map(piece => cipher.update(piece))
    body.push(cipher.final())
    return Buffer.concat([this.#salt, nonce, cipher.getAuthTag(), ...body]).toString('base64url')
  }

  /** Opens what this process or one before it sealed. Throws when the installation's key or the context is another. */
  open(context: string, sealed: string): Buffer {
    const bytes = Buffer.from(sealed, 'base64url')
    const salt = bytes.subarray(0, SALT_BYTES)
    const tagAt = SALT_BYTES + NONCE_BYTES
    const nonce = bytes.subarray(SALT_BYTES, tagAt)
    const decipher = createDecipheriv('aes-256-gcm', this.#keyFor(salt), nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(tagAt, tagAt + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(tagAt + TAG_BYTES)), decipher.final()])
  }

  #keyFor(salt: Buffer): Buffer {
    if (salt.equals(this.#salt)) return this.#key
    const name = salt.toString('hex')
    let key = this.#others.get(name)
    if (!key) {
      key = this.#keyOf(salt)
      this.#others.set(name, key)
    }
    return key
  }

  #keyOf(salt: Buffer): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#master, salt, 'content-spool', 32))
  }
}
