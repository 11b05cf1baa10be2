import { execFileSync } from 'node:child_process'
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { canonicalize } from 'json-canonicalize'

/** Fulcio's extension that names who knew the signer, version 2 (Sigstore, "Fulcio OID information"). */
const ISSUER_OID = '1.3.6.1.4.1.57264.1.8'
const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const START = '2020-01-01T00:00:00Z'

export interface SignedBy {
  issuer: string
  /** An e-mail address. */
  subject: string
}

/** What can be wrong of a bundle. */
export interface Flaw {
  /** Left out of the log. */
  unlogged?: boolean
  /** Logged under another signature. */
  otherEntry?: boolean
  /** When the log says it was signed. */
  at?: Date
}

/** A Sigstore of its own: a certificate authority, a transparency log, and bundles that both speak for. */
export class SigstoreInstance {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-sigstore-'))
  readonly #log = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  constructor() {
    this.#openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ca.key')
    const extensions = [
      'basicConstraints=critical,CA:true',
      'keyUsage=critical,keyCertSign',
      'subjectKeyIdentifier=hash',
    ]
    const added = extensions.flatMap(one => ['-addext', one])
    const subject = ['-subj', '/O=Example/CN=Example authority']
    this.#openssl('req', '-x509', '-new', '-key', 'ca.key', '-days', '2', ...subject, ...added, '-out', 'ca.pem')
  }

  /** The trust root as JSON, as it stands in a file. */
  trustRoot(change: object = {}): object {
    const publicKey = {
      rawBytes: base64(this.#log.publicKey.export({ type: 'spki', format: 'der' })),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start: START },
    }
    const authority = {
      subject: { organization: 'Example', commonName: 'Example authority' },
      uri: 'https://fulcio.example',
      certChain: { certificates: [{ rawBytes: this.#der('ca.pem') }] },
      validFor: { start: START },
    }
    return {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [
        {
          baseUrl: 'https://rekor.example',
          hashAlgorithm: 'SHA2_256',
          publicKey,
          logId: { keyId: base64(this.#logId()) },
        },
      ],
      certificateAuthorities: [authority],
      ctlogs: [],
      timestampAuthorities: [],
      ...change,
    }
  }

  /** A bundle (v0.3) that says somebody has signed an artifact of this digest. */
  bundle(digest: string, who: SignedBy, flaw: Flaw = {}): Record<string, unknown> {
    const key = this.#certify(who)
    const subject = [{ name: 'model', digest: { sha256: digest.slice('sha256:'.length) } }]
    const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 'x', predicate: {} }
    const payload = Buffer.from(JSON.stringify(statement))
    const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `
    const signature = sign('sha256', Buffer.concat([Buffer.from(head), payload]), key)
    const logged = flaw.otherEntry ? sign('sha256', Buffer.from('something else'), key) : signature
    const entries = flaw.unlogged ? [] : [this.#entry(payload, logged, flaw.at ?? new Date())]
    return {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { certificate: { rawBytes: this.#der('leaf.pem') }, tlogEntries: entries },
      dsseEnvelope: {
        payload: base64(payload),
        payloadType: PAYLOAD_TYPE,
        signatures: [{ sig: base64(signature), keyid: '' }],
      },
    }
  }

  /** A public key, of no signer. */
  get logKey(): KeyObject {
    return this.#log.publicKey
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** A key with a certificate for somebody. */
  #certify({ issuer, subject }: SignedBy): KeyObject {
    this.#openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'leaf.key')
    this.#openssl('req', '-new', '-key', 'leaf.key', '-subj', '/CN=sigstore', '-out', 'leaf.csr')
    const extensions = [
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=codeSigning',
      'authorityKeyIdentifier=keyid',
      `subjectAltName=critical,email:${subject}`,
      `${ISSUER_OID}=ASN1:UTF8String:${issuer}`,
    ]
    writeFileSync(path.join(this.#folder, 'leaf.ext'), extensions.join('\n'))
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1']
    this.#openssl('x509', '-req', '-in', 'leaf.csr', ...authority, '-extfile', 'leaf.ext', '-out', 'leaf.pem')
    return createPrivateKey(readFileSync(path.join(this.#folder, 'leaf.key')))
  }

  /** The only entry of a log, with its promise and its proof (RFC 6962; Rekor, dsse 0.0.1). */
  #entry(payload: Buffer, signature: Buffer, at: Date): object {
    const value = createHash('sha256').update(payload).digest('hex')
    const certificate = readFileSync(path.join(this.#folder, 'leaf.pem'))
    const spec = {
      payloadHash: { algorithm: 'sha256', value },
      signatures: [{ signature: base64(signature), verifier: base64(certificate) }],
    }
    const body = Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'dsse', spec }))
    const integratedTime = Math.floor(at.getTime() / 1_000)
    const said = { body: base64(body), integratedTime, logIndex: 0, logID: this.#logId().toString('hex') }
    const root = createHash('sha256')
      .update(Buffer.from([0]))
      .update(body)
      .digest()
    const note = `rekor.example - 1\n1\n${base64(root)}\n`
    const noted = Buffer.concat([this.#logId().subarray(0, 4), this.#signByLog(note)])
    return {
      logIndex: '0',
      logId: { keyId: base64(this.#logId()) },
      kindVersion: { kind: 'dsse', version: '0.0.1' },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: base64(this.#signByLog(canonicalize(said))) },
      inclusionProof: {
        ...{ logIndex: '0', rootHash: base64(root), treeSize: '1', hashes: [] },
        checkpoint: { envelope: `${note}\n— rekor.example ${base64(noted)}\n` },
      },
      canonicalizedBody: base64(body),
    }
  }

  #signByLog(text: string): Buffer {
    return sign('sha256', Buffer.from(text), this.#log.privateKey)
  }

  #logId(): Buffer {
    const der = createPublicKey(this.#log.publicKey.export({ type: 'spki', format: 'pem' })).export({
      type: 'spki',
      format: 'der',
    })
    return createHash('sha256').update(der).digest()
  }

  #der(file: string): string {
    const pem = readFileSync(path.join(this.#folder, file), 'utf8')
    return pem.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'pipe' })
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
