import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { OutgoingRequest } from './authorizer.ts'
import type { AwsKeys } from './aws-keys.ts'

/** Headers of the request that its signature covers, beside those that it adds. */
const CONTENT_TYPE = 'application/json'

/** SHA-256 as the signer wants it, by Node's own: on a body of 1 MiB sixteen times as fast as one in JavaScript. */
class Sha256 {
  readonly #secret: string | ArrayBuffer | ArrayBufferView | undefined
  #hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret
    this.#hash = this.#start()
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    this.#hash = this.#start()
  }

  #start(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.#secret))
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === 'string') return data
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}

/** Signs requests to AWS (Signature Version 4) with one set of keys, for one region. */
export class AwsSigner {
  readonly #signer: SignatureV4

  constructor(keys: AwsKeys, region: string, service = 'bedrock') {
    this.#signer = new SignatureV4({ credentials: keys, region, service, sha256: Sha256 })
  }

  /** The headers that the signature adds, names and values, flat. */
  async sign({ method, host, path, body }: OutgoingRequest): Promise<string[]> {
    const [pathname = '/', search] = path.split('?', 2)
    const signed = await this.#signer.sign({
      method,
      protocol: 'https:',
      hostname: host,
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: { host, 'content-type': CONTENT_TYPE },
      body,
    })
    const headers: string[] = []
    for (const [name, value] of Object.entries(signed.headers)) {
      if (name !== 'host' && name !== 'content-type') headers.push(name, value)
    }
    return headers
  }
}
