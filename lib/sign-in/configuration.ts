import 'server-only'
import { portalUrl } from '#lib/platform/addresses.ts'
import { OIDC_PROVIDER } from '#lib/platform/auth/options.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'

export interface SignInConfiguration {
  /** To be registered at the identity provider. */
  redirectUrl: string
  /** GATEHOUSE_PUBLIC_URL is set: the redirect address is one that others can reach. */
  publicUrlSet: boolean
  groupsClaim: string
  /** Null: single sign-on is not configured. */
  oidc: { name: string; issuer: string; clientId: string; secretSet: boolean; scope: string } | null
}

/** How single sign-on is configured by environment; the secret itself is never told. */
export function signInConfiguration(ctx: Context): SignInConfiguration {
  requirePermission(ctx, 'people.manage')
  const variables = env()
  const { GATEHOUSE_OIDC_ISSUER: issuer, GATEHOUSE_OIDC_CLIENT_ID: clientId } = variables
  return {
    redirectUrl: `${portalUrl()}/api/auth/callback/${OIDC_PROVIDER}`,
    publicUrlSet: variables.GATEHOUSE_PUBLIC_URL !== undefined,
    groupsClaim: variables.GATEHOUSE_OIDC_GROUPS_CLAIM,
    oidc:
      issuer && clientId
        ? {
            name: variables.GATEHOUSE_OIDC_NAME,
            issuer,
            clientId,
            secretSet: variables.GATEHOUSE_OIDC_CLIENT_SECRET !== undefined,
            scope: variables.GATEHOUSE_OIDC_SCOPE,
          }
        : null,
  }
}
