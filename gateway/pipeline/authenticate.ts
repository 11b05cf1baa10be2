import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { parseKey, secretMatches } from '#core/api-key.ts'
import { clientAddress } from '#gateway/client-address.ts'
import type { Acknowledgements } from '#gateway/config/acknowledgements.ts'
import type { Configuration } from '#gateway/config/configuration.ts'
import { admitsAddress, type KeyEntry, type TeamEntry } from '#gateway/config/entries.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { Services } from '#gateway/services.ts'
import type { PipelineStage } from './stage.ts'

const UNKNOWN = 'This API key is not known here. Check it for missing characters, or issue a new one in the portal.'

/** Finds the key that the request presents and refuses it unless it is in force, for this address, in a live team. */
export const authenticate: PipelineStage = {
  name: 'authenticate',
  run(exchange) {
    const { services, request } = exchange
    const key = findKey(services, request)
    // From here on the request is somebody's, and its refusal is evidence.
    exchange.key = key
    checkKey(services, key, request, exchange.occurredAt)
  },
}

/** The key of a request that may be served now. Throws the refusal otherwise. */
export function requireKey(services: Services, request: IncomingMessage): KeyEntry {
  const key = findKey(services, request)
  checkKey(services, key, request, Date.now())
  return key
}

/** The key whose secret was presented. Throws the same 401 for whatever proves no knowledge of a secret. */
function findKey({ configuration, hashKey }: Services, request: IncomingMessage): KeyEntry {
  if (!configuration.loaded) {
    const words = 'This gateway has no configuration yet. Try again in a moment.'
    throw new Refusal(503, 'gateway_starting', words, { headers: ['retry-after', '1'], outcome: 'gateway_error' })
  }
  const text = presentedKey(request.headers)
  if (text === null) {
    const words = 'No API key was given. Send it as "Authorization: Bearer <key>" or in the header x-api-key.'
    throw new Refusal(401, 'missing_api_key', words)
  }
  const proven = provenKey(configuration, request.socket, text)
  if (proven) return proven
  const parsed = parseKey(text)
  if (parsed?.kind === 'st') {
    const words = 'This is a service token of the portal. The gateway takes API keys: issue one in the portal.'
    throw new Refusal(401, 'invalid_api_key', words)
  }
  const key = parsed ? configuration.keys.get(parsed.publicId) : undefined
  if (!parsed || !key || key.document.kind !== parsed.kind) throw new Refusal(401, 'invalid_api_key', UNKNOWN)
  if (!secretMatches(hashKey, parsed.secret, key.hash)) throw new Refusal(401, 'invalid_api_key', UNKNOWN)
  keepProven(request.socket, text, key)
  return key
}

const PROVEN = Symbol('proven keys')
/** Keys of callers that share a connection, behind a proxy of theirs. */
const MOST_PROVEN = 16

/** Keys that were presented on a connection and found right, as long as it lasts. */
type Connection = Socket & { [PROVEN]?: Map<string, KeyEntry> }

/** The key of a text that was found right on this connection, while it is the one in force; null: it has to be proven. */
function provenKey({ keys }: Configuration, socket: Connection, text: string): KeyEntry | null {
  const key = socket[PROVEN]?.get(text)
  return key && keys.get(key.document.publicId) === key ? key : null
}

function keepProven(socket: Connection, text: string, key: KeyEntry): void {
  socket[PROVEN] ??= new Map()
  if (socket[PROVEN].size >= MOST_PROVEN) socket[PROVEN].clear()
  socket[PROVEN].set(text, key)
}

function checkKey(services: Services, key: KeyEntry, request: IncomingMessage, now: number): void {
  const { configuration, environment } = services
  const { name, revokedAt, expiresAt, teamId } = key.document
  if (key.revoked) {
    const words = `The key "${name}" was revoked on ${revokedAt}. Issue a new one in the portal.`
    throw new Refusal(401, 'revoked_api_key', words, { rule: 'key:revoked' })
  }
  if (key.expiresAt <= now) {
    const words = `The key "${name}" expired on ${expiresAt}. Issue a new one in the portal.`
    throw new Refusal(401, 'expired_api_key', words, { rule: 'key:expired' })
  }
  if (key.networks && !admitsAddress(key, clientAddress(request, environment.GATEWAY_TRUSTED_PROXIES))) {
    const words = `The key "${name}" may not be used from this address. Its allow-list is kept in the portal.`
    throw new Refusal(403, 'address_not_allowed', words, { rule: 'key:ip_allow_list' })
  }
  const organization = configuration.organizations.get(key.organizationId)
  if (!organization?.document?.active) {
    throw new Refusal(403, 'organization_inactive', 'The organization of this key is not active on this gateway.')
  }
  const team = organization.teams.get(teamId)
  if (!team?.active) {
    throw new Refusal(403, 'team_inactive', 'The team of this key is archived or not known to this gateway.')
  }
  checkAcknowledged(organization.acknowledgements, key, team, now)
}

/** The key's holder, or a lead of the team where nobody holds it, has acknowledged every policy that the key needs. */
function checkAcknowledged(acknowledgements: Acknowledgements, key: KeyEntry, team: TeamEntry, now: number): void {
  if (acknowledgements.broken) {
    const words =
      'A policy of this organization cannot be read by this gateway, so nothing is let through. Operations can see which in the fleet page.'
    throw new Refusal(503, 'policy_unavailable', words, { rule: 'policy:unreadable', outcome: 'gateway_error' })
  }
  const { name, personId, teamId } = key.document
  const missing = acknowledgements.missing(teamId, personId ? [personId] : team.leadIds, now)
  if (!missing) return
  const who = personId ? 'its holder has' : `a lead of the team ${team.name} has`
  const words = `The key "${name}" is refused until ${who} acknowledged version ${missing.number} of the policy "${missing.name}". Read it in the portal at /govern/policies/${missing.id} and acknowledge it at its end; calls go through within a second.`
  throw new Refusal(403, 'acknowledgement_required', words, { rule: `policy:${missing.id}` })
}

/** The key in any of the headers that clients use; of several, the first that looks like one of ours. */
function presentedKey(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers
  const bearer = authorization && /^bearer\s/i.test(authorization) ? authorization.slice(7).trim() : null
  if (bearer?.startsWith('gh_')) return bearer
  const given = [headers['x-api-key'], headers['api-key']].map(value => (Array.isArray(value) ? value[0] : value))
  return given.find(text => text?.startsWith('gh_')) ?? bearer ?? given.find(text => text) ?? null
}
