import { type CachePolicyDocument, CacheRules, type CacheScope } from '#core/cache/cache-policy.ts'
import type { InWords } from '#lib/records/keep-version.ts'
import type { CachePolicy } from '#prisma/generated/client.ts'

/** The parts of a stored policy that are JSON or texts, read by their schemas. */
export function readPolicy(policy: CachePolicy): { scope: CacheScope; rules: CacheRules } {
  return { scope: policy.scope as CacheScope, rules: CacheRules.parse(policy.rules) }
}

/** A policy as gateways run it. */
export function policyDocument(policy: CachePolicy): CachePolicyDocument {
  const { scope, rules } = readPolicy(policy)
  return { ...rules, name: policy.name, scope, target: policy.target }
}

/** A policy as its history says it. */
export function inWords(policy: CachePolicy): InWords {
  const { rules } = readPolicy(policy)
  return {
    name: policy.name,
    state: policy.archivedAt ? 'archived' : rules.enabled ? 'on' : 'off',
    'kept for': `${rules.ttlSeconds} s`,
    'shared among keys of': rules.sharing === 'key' ? 'nobody else' : `the ${rules.sharing}`,
    'shared by replicas': rules.shared ? 'yes' : 'no',
    'only temperature 0': rules.deterministicOnly ? 'yes' : 'no',
    'requests with tools': rules.includeTools ? 'yes' : 'no',
    'largest answer': `${rules.maxAnswerBytes} bytes`,
    'memory on each replica': `${rules.maxBytes} bytes`,
  }
}
