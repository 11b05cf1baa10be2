import type { IncomingHttpHeaders } from 'node:http'
import type { Exchange } from '#gateway/exchange.ts'
import type { Wire } from '#gateway/providers/vendor.ts'

/** A whole answer of a vendor, good or bad, out of its own form. Throws SyntaxError when it cannot be read. */
export function answerInDialect(
  wire: Wire,
  { status, headers, body }: { status: number; headers: IncomingHttpHeaders; body: Buffer },
  exchange: Exchange,
): Buffer {
  if (status >= 400) return wire.error?.(status, headers, body) ?? body
  if (status !== 200 || !wire.answer) return body
  const model = exchange.served?.model.document.upstreamModel ?? ''
  const context = { headers, fields: exchange.translation?.fields ?? exchange.body }
  return Buffer.from(JSON.stringify(wire.answer(JSON.parse(body.toString('utf8')), model, context)))
}
