import { z } from 'zod'
import { LentIdentities } from '#core/provider-credential.ts'
import { KEY_HASH_KEY } from '#core/secrets.ts'
import { isWellKnownSecret } from '#core/well-known-secret.ts'

const Port = z.coerce.number().int().min(1).max(65535)
const Flag = z.enum(['true', 'false']).transform(text => text === 'true')

/**
 * The environment, read once. `npm start` fills in what may be left out (database, secret key) before the
 * processes begin; a process started by hand must be given both.
 */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: Port.default(3000),
  GATEWAY_PORT: Port.default(4000),
  GATEWAY_ADMIN_PORT: Port.default(4001),
  SANDBOX_PORT: Port.default(4010),
  /** The worker's health and figures; it listens only where this is set. */
  WORKER_PORT: Port.optional(),
  WORKER_HOST: z.string().optional(),
  GATEHOUSE_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  GATEHOUSE_HOME: z.string().default('.gatehouse'),
  GATEHOUSE_SEED: z.enum(['demo', 'empty']).default('demo'),
  GATEHOUSE_SECRET_KEY: z.string().min(32, 'at least 32 characters'),
  /** Keeps API keys valid when the secret was replaced: what `npm run rotate-secret` says. */
  GATEHOUSE_KEY_HASH_KEY: z.string().regex(KEY_HASH_KEY, 'what `npm run rotate-secret` said, 43 characters').optional(),
  GATEHOUSE_BOOTSTRAP_TOKEN: z.string().min(32, 'at least 32 characters').optional(),
  GATEHOUSE_PUBLIC_URL: z.url().optional(),
  GATEHOUSE_GATEWAY_URL: z.url().optional(),
  GATEHOUSE_DEMO_PUBLIC: Flag.default(false),
  GATEHOUSE_OIDC_ISSUER: z.url().optional(),
  GATEHOUSE_OIDC_CLIENT_ID: z.string().optional(),
  GATEHOUSE_OIDC_CLIENT_SECRET: z.string().optional(),
  GATEHOUSE_OIDC_NAME: z.string().default('Single sign-on'),
  GATEHOUSE_OIDC_GROUPS_CLAIM: z.string().default('groups'),
  GATEHOUSE_OIDC_SCOPE: z.string().default('openid profile email'),
  GATEHOUSE_CHECKPOINT_DIR: z.string().optional(),
  GATEHOUSE_SIGSTORE_TRUST_ROOT: z.string().optional(),
  GATEHOUSE_REGION: z.string().optional(),
  GATEHOUSE_LENT_IDENTITIES: LentIdentities.default([]),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
})
export type Environment = z.infer<typeof Environment>

/**
 * Checks an environment. Throws an Error whose message has one line for each variable that is wrong: its
 * name, the rule, and never its value.
 */
export function readEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = Environment.safeParse(given)
  if (!result.success) {
    throw new Error(result.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const env = result.data
  if (env.NODE_ENV === 'production' && isWellKnownSecret(env.GATEHOUSE_SECRET_KEY)) {
    throw new Error('GATEHOUSE_SECRET_KEY: a well-known value; make one with `openssl rand -base64 48`')
  }
  return env
}

let environment: Environment | undefined

/** The process's environment, checked at the first call. */
export function env(): Environment {
  environment ??= readEnvironment()
  return environment
}
