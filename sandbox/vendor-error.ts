/** An error as a vendor answers it; each wire writes it in its own shape. */
export class VendorError extends Error {
  readonly status: number
  readonly param: string | null
  readonly code: string | null

  constructor(status: number, message: string, details: { param?: string | null; code?: string | null } = {}) {
    super(message)
    this.status = status
    this.param = details.param ?? null
    this.code = details.code ?? null
  }
}
