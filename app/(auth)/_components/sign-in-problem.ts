import { SIGN_IN_REFUSALS } from '#lib/platform/auth/sign-in-refused.ts'

/** What went wrong, in words, from the sign-in page's address; null when nothing did. */
export function signInProblem(error: string | undefined, wait: string | undefined): string | null {
  if (!error) return null
  if (Object.hasOwn(SIGN_IN_REFUSALS, error)) return SIGN_IN_REFUSALS[error as keyof typeof SIGN_IN_REFUSALS]
  if (error === 'rate_limited') {
    const seconds = /^\d{1,2}$/.test(wait ?? '') ? ` Try again in ${wait} seconds.` : ' Try again in a minute.'
    return `Too many sign-in attempts.${seconds}`
  }
  if (error === 'OAuthSignin')
    return 'The identity provider does not answer. Try again, or ask whoever runs Gatehouse to check GATEHOUSE_OIDC_ISSUER.'
  if (error === 'OAuthCallback' || error === 'Callback')
    return 'The identity provider did not confirm the sign-in, or it took longer than 15 minutes. Try again.'
  return 'The sign-in did not work. Try again, or ask whoever runs Gatehouse to look into its log.'
}
