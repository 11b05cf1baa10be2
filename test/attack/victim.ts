import { generateKeyPairSync } from 'node:crypto'
import { newId } from '#core/ids.ts'
import { PERMISSIONS } from '#core/permissions.ts'
import { keepArtifacts } from '#lib/artifacts/keep-artifacts.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type CallResult, callApi, tokenFor } from '#test/api-caller.ts'
import { keepContent } from '#test/kept-content.ts'
import { makeOrganization } from '#test/organization.ts'
import { makeRequestEvent } from '#test/request-events.ts'
import { fingerprint } from './fingerprint.ts'
import { makeBoardOf } from './victim-board.ts'
import { makeDrill } from './victim-drill.ts'

export interface Victim {
  organizationId: string
  /** In the name of everything it has: an answer that holds it has shown something. */
  marker: string
  /** A token of its own with every permission. */
  token: string
  /** A token of its own whose one permission no operation asks for. */
  weakToken: string
  admin: Context
  /** A person of it without a role. */
  nobody: Context
  /** The id of one record of each kind, by the field that refers to it. */
  ids: Record<string, string>
  /** What any change to it would change. */
  fingerprint(): Promise<string>
}

/** An organization with one record of every kind, for others to try their hands on. */
export async function makeVictim(): Promise<Victim> {
  const marker = `secret${newId().replaceAll('-', '')}`
  const organization = await makeOrganization(marker)
  const token = await tokenFor(organization.admin, Object.keys(PERMISSIONS))
  const weakToken = await tokenFor(organization.admin, ['playground.use'])
  const create = async (path: string, body: object) => idIn(path, await callApi('POST', path, { token, body }))
  const teamId = await create('/teams', { name: `${marker} team` })
  const personId = await create('/people', { name: marker, email: `${marker}@example.test`, roles: ['developer'] })
  const providerId = await create('/providers', { name: marker, kind: 'openai', credential: `${marker}-credential` })
  const modelId = await create('/models', { providerId, identifier: marker, dialects: ['chat'] })
  const asked = { purpose: marker, alternatives: marker, tiers: [marker], teamId }
  const modelRequestId = await create('/model-requests', { providerId, identifier: `${marker}-asked`, ...asked })
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })
  const signerId = await create('/model-signers', { name: marker, publicKey })
  const keyId = await create('/keys', { name: marker, teamId, modelIds: [modelId] })
  const mappingId = await create('/group-mappings', { group: marker, teamId })
  const tokenId = await create('/service-tokens', { name: marker, scopes: ['keys.read'] })
  const budgetId = await create('/budgets', {
    name: marker,
    scope: 'team',
    target: teamId,
    window: { kind: 'month' },
    limitUsd: '10',
  })
  const approvalId = await create(`/budgets/${budgetId}/increase-requests`, { limitUsd: '20', reason: marker })
  const exemptionId = await create('/exemptions', {
    title: marker,
    kind: 'model',
    subject: { kind: 'team', target: teamId },
    modelIds: [modelId],
    justification: marker,
    risk: { method: 'qualitative', rating: 'low', text: marker },
    attestations: [{ text: marker }],
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
    ownerId: personId,
  })
  const riskId = await create('/risks', {
    title: marker,
    category: 'data',
    description: marker,
    ...{ likelihood: 4, impact: 4, residualLikelihood: 4, residualImpact: 4 },
    treatment: 'accept',
    plan: marker,
    reviewAt: new Date(Date.now() + 86_400_000).toISOString(),
  })
  const routeId = await create('/routes', { name: marker, scope: 'team', target: teamId, objective: 'cheapest' })
  const workloadId = await create('/workloads', { name: marker, teamId, modelIds: [modelId] })
  const briefId = await create('/briefs', { name: marker, teamId })
  const drillId = await makeDrill(organization.id, modelId, marker)
  const rateLimit = { name: marker, scope: 'team', target: teamId, measure: 'requests', window: 'minute', limit: 1_000 }
  const rateLimitId = await create('/rate-limits', rateLimit)
  const cachePolicyId = await create('/cache/policies', { name: marker, scope: 'workload', target: marker })
  // Nothing listens there: what an attack sends reaches nobody.
  const hook = { kind: 'webhook', url: 'http://127.0.0.1:9/', allowPrivateNetwork: true }
  const channelId = await create('/notification-channels', { name: marker, target: hook })
  const remark = { recordKind: 'risk', recordId: riskId, name: marker, mediaType: 'text/plain', text: marker }
  const annotationId = await create('/annotations/files', { ...remark, content: btoa(marker) })
  const organizationId = organization.id
  const usagePolicyId = await create('/policies', { name: marker, kind: 'acceptable_use' })
  const event = makeRequestEvent(organizationId, { keyId, teamId, modelId, providerId, requestedModel: marker })
  const finding = {
    detector: 'email',
    kind: 'email',
    location: marker,
    action: 'log',
    shadow: false,
    count: 1,
  } as const
  event.detail.findings = [finding]
  event.detail.cache = {
    outcome: 'hit',
    policyId: cachePolicyId,
    reason: null,
    source: 'memory',
    ageMs: 1,
    savedNanoUsd: '1',
    savedTokens: 1,
    savedMs: 1,
  }
  await create('/tiers', { name: 'Internal', rank: 10, description: marker, contentLogging: 'full' })
  await callApi('PUT', '/content-log/state', { token, body: { enabled: true } })
  await keepContent(organizationId, { tier: 'Internal', said: marker, event })
  const contentAuditId = await create('/content-log/audits', {})
  const dataSourceId = await create('/data-sources', { name: marker, tier: 'Internal', systems: [marker] })
  const pattern = { form: 'keywords', words: [marker] }
  const detectorId = await create('/detectors', { name: marker, pattern })
  const boardIds = await makeBoardOf(create, organization.admin, token, marker)
  const attestation = { verdict: 'met', statement: marker }
  const attestationId = await create('/maturity/criteria/S1.L1.E3/attestations', attestation)
  await keepArtifacts(organizationId)
  const commit = await databases().system.artifactCommit.findFirst({ where: { organizationId } })
  const tier = await databases().system.tier.findFirstOrThrow({ where: { organizationId } })
  const found = await databases().system.dlpEvent.findFirstOrThrow({ where: { organizationId } })
  const entry = await databases().system.auditEntry.findFirstOrThrow({ where: { organizationId } })
  const guardrailIds = { tierId: tier.id, detectorId, dlpEventId: found.id, dataSourceId }
  const catalogIds = { teamId, personId, providerId, modelId, modelRequestId, signerId, keyId, mappingId, tokenId }
  const limitIds = {
    channelId,
    budgetId,
    exemptionId,
    riskId,
    approvalId,
    rateLimitId,
    routeId,
    drillId,
    workloadId,
    briefId,
  }
  const policyIds = { policyId: cachePolicyId, usagePolicyId }
  const ids = { organizationId, ...boardIds, ...catalogIds, ...limitIds, ...guardrailIds, ...policyIds }
  return {
    organizationId,
    marker,
    token,
    weakToken,
    admin: organization.admin,
    nobody: await organization.person([]),
    ids: {
      ...ids,
      requestId: event.id,
      contentAuditId,
      attestationId,
      annotationId,
      ...(commit ? { commitId: commit.versionId } : {}),
      auditEntryId: entry.id,
    },
    fingerprint: () => fingerprint(organizationId),
  }
}

function idIn(path: string, { status, text, json }: CallResult): string {
  if (status !== 201 || typeof json.id !== 'string') throw new Error(`POST ${path}: ${status} ${text}`)
  return json.id
}
