/** What an issuer of tokens keeps in mind, for tests to steer. */
export interface TokenIssuer {
  /** Tokens that were issued so far. */
  issued: number
  /** Seconds that the next token lives. */
  lifetime: number
  /** The next answers are failures. */
  failing: boolean
  /** Whether a token is in force. */
  accepts(token: string): boolean
  /** Takes back every token that was issued. */
  revoke(): void
  issue(): string
}

/** Issues tokens that begin with a vendor's name. */
export function makeIssuer(prefix: string): TokenIssuer {
  const valid = new Map<string, number>()
  const issuer: TokenIssuer = {
    issued: 0,
    lifetime: 3600,
    failing: false,
    accepts: token => (valid.get(token) ?? 0) > Date.now(),
    revoke: () => valid.clear(),
    issue() {
      issuer.issued += 1
      const token = `${prefix}-token-${issuer.issued}-that-stays-secret`
      valid.set(token, Date.now() + issuer.lifetime * 1000)
      return token
    },
  }
  return issuer
}
