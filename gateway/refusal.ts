import type { RequestEvent } from '#core/contracts/request-event.ts'

export interface RefusalOptions {
  /** The rule that refused, such as `key:rate` or `model:lifecycle`. */
  rule?: string
  /** The field of the body or the header that is wrong. */
  param?: string | null
  outcome?: RequestEvent['outcome']
  /** Name and value pairs, flat. */
  headers?: readonly string[]
}

/** An answer that the gateway makes instead of the provider: a status, a code, and words that say what to do. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly rule: string
  readonly param: string | null
  readonly outcome: RequestEvent['outcome']
  readonly headers: readonly string[]

  constructor(status: number, code: string, message: string, options: RefusalOptions = {}) {
    super(message)
    this.status = status
    this.code = code
    this.rule = options.rule ?? code
    this.param = options.param ?? null
    this.outcome = options.outcome ?? 'refused'
    this.headers = options.headers ?? []
  }
}
