import { generateKeyPairSync, sign } from 'node:crypto'

const INTEGER = 0x02
const SEQUENCE = 0x30
const VERSION_3 = der(0xa0, der(INTEGER, Buffer.from([2])))
const SHA256_WITH_RSA = der(SEQUENCE, Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.from('0500', 'hex'))
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const SUBJECT_ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex')
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex')

/** A self-signed certificate for 127.0.0.1 with its key, both as PEM (RFC 5280, in DER by hand). */
export function makeCertificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from('127.0.0.1')))))
  const validity = der(SEQUENCE, time(-86_400_000), time(365 * 86_400_000))
  const address = der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])))
  const authority = der(SEQUENCE, Buffer.from('0101ff', 'hex'))
  const extensions = der(
    0xa3,
    der(
      SEQUENCE,
      der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(0x04, address)),
      der(SEQUENCE, BASIC_CONSTRAINTS, der(0x04, authority)),
    ),
  )
  const serial = der(INTEGER, Buffer.from([1]))
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' })
  const body = der(SEQUENCE, VERSION_3, serial, SHA256_WITH_RSA, name, validity, name, subjectKey, extensions)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const certificate = der(SEQUENCE, body, SHA256_WITH_RSA, signature)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

/** UTCTime, so far from now. */
function time(fromNowMs: number): Buffer {
  const digits = new Date(Date.now() + fromNowMs).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}
