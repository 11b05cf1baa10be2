import { connect } from 'node:net'
import type { FuzzCase } from './wire.ts'

/** What came back: the answers, and whether what was waited for came in time. */
export interface Heard {
  answers: { status: number; body: string }[]
  complete: boolean
}

const DEADLINE_MS = 20_000

/** Sends a case over a connection of its own and reads until all its answers are there, or the gateway closes. */
export function send(port: number, { pieces, answers }: FuzzCase): Promise<Heard> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    let heard = Buffer.alloc(0)
    let over = false
    const bodiless = pieces[0]?.toString('latin1', 0, 5) === 'HEAD '
    const done = (closed: boolean) => {
      if (over) return
      over = true
      clearTimeout(deadline)
      const found = answersIn(heard, bodiless)
      // Without a port in TIME_WAIT, so that a hundred thousand of these find one.
      socket.resetAndDestroy()
      resolve({ answers: found, complete: answers === 0 || closed || found.length >= answers })
    }
    const deadline = setTimeout(() => done(false), DEADLINE_MS)
    socket.on('data', chunk => {
      heard = Buffer.concat([heard, chunk])
      if (answers > 0 && answersIn(heard, bodiless).length >= answers) done(false)
    })
    socket.on('close', () => done(true))
    socket.on('error', () => done(true))
    socket.on('connect', () => write(0))
    const write = (at: number): void => {
      const piece = pieces[at]
      if (piece) socket.write(piece, () => setImmediate(write, at + 1))
      else if (answers === 0) done(false)
    }
  })
}

/** The whole answers in what was heard, interim ones left out; those to HEAD have no body. */
function answersIn(heard: Buffer, bodiless: boolean): Heard['answers'] {
  const found: Heard['answers'] = []
  for (let at = 0; at < heard.length; ) {
    const headEnd = heard.indexOf('\r\n\r\n', at)
    if (headEnd < 0) break
    const head = heard.toString('latin1', at, headEnd)
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
    const from = headEnd + 4
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    let end = from + (bodiless ? 0 : Number(length ?? 0))
    let next = end
    if (length === undefined && /\r\ntransfer-encoding: chunked/i.test(head)) {
      end = heard.indexOf('0\r\n\r\n', from)
      if (end < 0) break
      next = end + 5
    }
    if (next > heard.length) break
    if (status >= 200) found.push({ status, body: heard.toString('utf8', from, end) })
    at = next
  }
  return found
}
