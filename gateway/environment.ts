import os from 'node:os'
import { z } from 'zod'
import { LentIdentities } from '#core/provider-credential.ts'
import { KEY_HASH_KEY } from '#core/secrets.ts'
import { isWellKnownSecret } from '#core/well-known-secret.ts'
import { readNetwork } from './client-address.ts'

const Port = z.coerce.number().int().min(0).max(65535)
/** Addresses and CIDR blocks, commas between them. */
const Networks = z.string().transform((text, context) => {
  try {
    return text.split(',').flatMap(part => (part.trim() === '' ? [] : [readNetwork(part.trim())]))
  } catch {
    context.addIssue({ code: 'custom', message: 'IP addresses or CIDR blocks with commas between them' })
    return z.NEVER
  }
})
const Milliseconds = z.coerce.number().int().min(1)

/** The gateway's environment; a process started by hand must be given the database and the secret key. */
export const GatewayEnvironment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  /** Where the product listens; the gateway too, unless it has a host of its own. */
  GATEHOUSE_HOST: z.string().default('127.0.0.1'),
  GATEWAY_HOST: z.string().optional(),
  GATEWAY_PORT: Port.default(4000),
  GATEWAY_ADMIN_HOST: z.string().default('127.0.0.1'),
  GATEWAY_ADMIN_PORT: Port.default(4001),
  /** Where the portal reaches the admin port; by default built from its host and port. */
  GATEWAY_ADMIN_URL: z.url().optional(),
  /** Names the replica and its folder: two that run at once need two names. */
  GATEWAY_NAME: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'letters, digits, dots, dashes and underscores, at most 100')
    .optional(),
  GATEHOUSE_REGION: z.string().optional(),
  /** Whose identities of this machine providers may be called with. */
  GATEHOUSE_LENT_IDENTITIES: LentIdentities.default([]),
  /** Where people reach the portal, for errors to lead there; empty: not known. */
  GATEHOUSE_PUBLIC_URL: z
    .url()
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  GATEHOUSE_HOME: z.string().default('.gatehouse'),
  GATEHOUSE_SECRET_KEY: z.string().min(32, 'at least 32 characters'),
  /** Keeps API keys valid when the secret was replaced: what `npm run rotate-secret` says. */
  GATEHOUSE_KEY_HASH_KEY: z.string().regex(KEY_HASH_KEY, 'what `npm run rotate-secret` said, 43 characters').optional(),
  /** Proxies in front of the gateway: what they say in X-Forwarded-For is believed. */
  GATEWAY_TRUSTED_PROXIES: Networks.default([]),
  /** Bytes of a request body beyond which the answer is 413. */
  GATEWAY_MAX_BODY_BYTES: z.coerce.number().int().min(1024).default(33_554_432),
  /** Bytes of unshipped events on disk beyond which new requests are refused. */
  GATEWAY_SPOOL_MAX_BYTES: z.coerce.number().int().min(0).default(4_294_967_296),
  /** Bytes of a request, and of its answer, that the content log keeps; the rest is cut off and marked so. */
  GATEWAY_CONTENT_MAX_BYTES: z.coerce.number().int().min(1024).max(524_288).default(262_144),
  /** Longest wait for a provider's first byte. */
  GATEWAY_UPSTREAM_TIMEOUT_MS: Milliseconds.default(600_000),
  /** Longest silence of a provider in the middle of an answer. */
  GATEWAY_STALL_TIMEOUT_MS: Milliseconds.default(120_000),
  /** Longest wait for open streams after SIGTERM. */
  GATEWAY_DRAIN_TIMEOUT_MS: Milliseconds.default(30_000),
  /** Fewest calls of a deployment by which its circuit can open. */
  GATEWAY_CIRCUIT_LEAST_CALLS: z.coerce.number().int().min(1).max(10_000).default(6),
  /** How long an open circuit waits for its first probe; doubles while probes fail, up to a minute. */
  GATEWAY_CIRCUIT_OPEN_MS: Milliseconds.default(5_000),
  /** Longest pause that a provider's retry-after is honoured for. */
  GATEWAY_MAX_PAUSE_MS: z.coerce.number().int().min(0).default(60_000),
  /** How long a budget's lease outlives its replica. */
  GATEWAY_BUDGET_LEASE_TTL_MS: Milliseconds.default(30_000),
  /** Longest wait of a request for a lease to grow. */
  GATEWAY_BUDGET_WAIT_MS: Milliseconds.default(3_000),
  /** What Prometheus must send as a bearer token to read /metrics; without it anybody who reaches the port may. */
  GATEWAY_METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  /** Redis or Valkey that replicas share; without it each has its own memory. */
  GATEWAY_REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'a redis:// or rediss:// URL' }).optional(),
  /** Bytes of answers that the cache holds in memory, all organizations together. */
  GATEWAY_CACHE_MAX_BYTES: z.coerce.number().int().min(0).default(67_108_864),
  /** Longest wait of a request for an answer that replicas share through Redis. */
  GATEWAY_CACHE_REDIS_WAIT_MS: Milliseconds.max(1_000).default(20),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
})
export type GatewayEnvironment = z.infer<typeof GatewayEnvironment> & { GATEWAY_HOST: string; GATEWAY_NAME: string }

/** Checks an environment. Throws an Error with one line for each wrong variable: name and rule, never the value. */
export function readGatewayEnvironment(source: Record<string, string | undefined> = process.env): GatewayEnvironment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = GatewayEnvironment.safeParse(given)
  if (!result.success) {
    throw new Error(result.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const { data } = result
  if (data.NODE_ENV === 'production' && isWellKnownSecret(data.GATEHOUSE_SECRET_KEY)) {
    throw new Error('GATEHOUSE_SECRET_KEY: a well-known value; make one with `openssl rand -base64 48`')
  }
  const defaultName = `${os.hostname()}-${data.GATEWAY_PORT}`.replace(/[^A-Za-z0-9._-]/g, '-')
  return {
    ...data,
    GATEWAY_HOST: data.GATEWAY_HOST ?? data.GATEHOUSE_HOST,
    GATEWAY_NAME: data.GATEWAY_NAME ?? defaultName,
  }
}
