/** What is about to be sent to a provider, as far as a signature covers it. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  /** Host and port, as in the header `host`. */
  readonly host: string
  /** Path and query. */
  readonly path: string
  readonly body: Buffer
}

/** Proves to a provider who calls, where that takes more than a header which stays the same. */
export interface Authorizer {
  /**
   * Headers for one request, names and values, flat. A promise only when something has to be fetched or computed
   * first. Rejects with CredentialError.
   */
  authorize(request: OutgoingRequest): readonly string[] | Promise<readonly string[]>
  /** Whether a refusal may mean that what was shown is too old. `reason`: the error type that the vendor names in a header. */
  isStale(status: number, reason: string): boolean
  /** The provider did not take what it was shown: gets another one. Rejects with CredentialError. */
  renew(): Promise<void>
  /** Fetches what the first request will need, so that it need not wait. Never rejects. */
  prepare(): Promise<void>
  close(): void
}

/** A credential that cannot be turned into what the provider wants to see. Its message quotes no secret. */
export class CredentialError extends Error {
  readonly code: 'CREDENTIAL_REFUSED' | 'CREDENTIAL_UNAVAILABLE'

  /** `refused`: the issuer said no, and will again; otherwise it could not be asked. */
  constructor(message: string, refused: boolean) {
    super(message)
    this.code = refused ? 'CREDENTIAL_REFUSED' : 'CREDENTIAL_UNAVAILABLE'
  }
}
