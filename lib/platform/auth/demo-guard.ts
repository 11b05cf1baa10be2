import ipaddr from 'ipaddr.js'
import { type Environment, env } from '../env.ts'
import { DomainError } from '../errors.ts'

/**
 * Demonstration data is open to whoever reaches it, so it is served on this machine only. What decides is
 * what the operator configured (the address the portal is bound to and the one it is published under):
 * nothing that a request says can widen it, its headers can only narrow it.
 */
type DemoEnvironment = Pick<Environment, 'GATEHOUSE_HOST' | 'GATEHOUSE_PUBLIC_URL' | 'GATEHOUSE_DEMO_PUBLIC'>

/** Whether a host name or address means this machine itself. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback'
}

/** Whether this installation serves demonstration organizations at all. */
export function servesDemo(environment: DemoEnvironment = env()): boolean {
  if (environment.GATEHOUSE_DEMO_PUBLIC) return true
  const published = environment.GATEHOUSE_PUBLIC_URL
  return isLoopback(environment.GATEHOUSE_HOST) && (!published || isLoopback(new URL(published).hostname))
}

/** Throws `permission_denied` for a demonstration organization that may not be served here. */
export function assertDemoServedLocally(organization: { demo: boolean }, environment: DemoEnvironment = env()): void {
  if (!organization.demo || servesDemo(environment)) return
  throw new DomainError(
    'permission_denied',
    'Demonstration data is served on this machine only. Set GATEHOUSE_HOST to 127.0.0.1, or GATEHOUSE_DEMO_PUBLIC=true to show it to everybody.',
  )
}

/**
 * Whether a request may use one-click personas: it names this machine as its host (a page elsewhere that
 * rebinds its name to 127.0.0.1 does not) and came through no proxy from another machine.
 */
export function isLocalRequest(headers: Headers, environment: DemoEnvironment = env()): boolean {
  if (environment.GATEHOUSE_DEMO_PUBLIC) return true
  if (!servesDemo(environment)) return false
  const host = (headers.get('host') ?? '').replace(/:\d+$/, '')
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(hop => hop.trim())
  return isLoopback(host) && hops.every(hop => hop === '' || isLoopback(hop))
}
