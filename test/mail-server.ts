import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  secure: boolean
  /** Headers unfolded, the rest decoded from quoted-printable. */
  text: string
}

export interface MailServer {
  port: number
  received: ReceivedMail[]
  stop(): Promise<void>
}

/** A real SMTP server that keeps what it is sent. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    disabledCommands: options.key ? [] : ['STARTTLS'],
    authOptional: !options.onAuth,
    logger: false,
    async onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom ? mailFrom.address : ''
      received.push({ from, to: rcptTo.map(one => one.address), secure: session.secure, text: await textOf(stream) })
      callback()
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return { port, received, stop: () => new Promise(resolve => server.close(() => resolve())) }
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const [head = '', ...body] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n')
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ')
  const joined = body.join('\r\n\r\n').replaceAll(/=\r\n/g, '')
  const decoded = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(`${unfolded}\r\n\r\n${decoded}`, 'latin1').toString('utf8')
}
