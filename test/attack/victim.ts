import { generateKeyPairSync } from 'node:crypto'
import { hashEvidence } from '#core/evidence/evidence.ts'
import { newId } from '#core/ids.ts'
import { PERMISSIONS } from '#core/permissions.ts'
import { keepArtifacts } from '#lib/artifacts/keep-artifacts.ts'
import { drillEvidence } from '#lib/failover-drills/drill-evidence.ts'
import { unfinished } from '#lib/failover-drills/drill-findings.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type CallResult, callApi, tokenFor } from '#test/api-caller.ts'
import { CHARTER } from '#test/board.ts'
import { keepContent } from '#test/kept-content.ts'
import { makeOrganization } from '#test/organization.ts'
import { makeRequestEvent } from '#test/request-events.ts'

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
      ...(commit ? { commitId: commit.versionId } : {}),
      auditEntryId: entry.id,
    },
    fingerprint: () => fingerprint(organizationId),
  }
}

/** A charter with one seat, a meeting in session, and a decision with a task on its agenda. */
async function makeBoardOf(
  create: (path: string, body: object) => Promise<string>,
  admin: Context,
  token: string,
  marker: string,
): Promise<Record<string, string>> {
  const call = (path: string, body: object) => callApi('POST', path, { token, body })
  const charter = { ...CHARTER, name: marker, purpose: marker, quorum: { kind: 'number', members: 1 } }
  await callApi('PUT', '/board/charter', { token, body: charter })
  await create('/board/members', { personId: admin.actor.id, role: 'chair' })
  const { organizationId } = admin
  const { id: memberId } = await databases().system.boardMember.findFirstOrThrow({ where: { organizationId } })
  const meetingId = await create('/board/meetings', { title: marker })
  const itemId = await create(`/board/meetings/${meetingId}/items`, { title: marker })
  const decidedItem = await create(`/board/meetings/${meetingId}/items`, { title: marker })
  await call(`/board/meetings/${meetingId}/open`, {})
  await call(`/board/meetings/${meetingId}/attendance`, { personId: admin.actor.id, present: true })
  await call(`/board/items/${decidedItem}/motion`, {})
  await call(`/board/items/${decidedItem}/votes`, { personId: admin.actor.id, vote: 'for' })
  const decided = await call(`/board/items/${decidedItem}/decide`, { rationale: marker })
  const task = { meetingId, text: marker, ownerId: admin.actor.id, dueAt: '2199-01-01T00:00:00Z' }
  const actionItemId = await create('/board/action-items', task)
  return { memberId, meetingId, itemId, decisionId: String(decided.json.decisionId), actionItemId }
}

/** One that has ended: a worker would take up any other, and write into the audit log that an attack is judged by. */
async function makeDrill(organizationId: string, modelId: string, modelName: string): Promise<string> {
  const [id, endedAt] = [newId(), new Date()]
  const evidence = drillEvidence(
    { id, modelId, modelName, startedAt: endedAt, createdAt: endedAt },
    unfinished(30_000, modelName),
    { every: 'month', hour: 3 },
    endedAt,
  )
  const drill = {
    id,
    organizationId,
    modelId,
    modelName,
    occasion: 'demand',
    startedByName: modelName,
    state: 'failed',
  }
  const proof = { endedAt, evidence: JSON.parse(JSON.stringify(evidence)), evidenceHash: hashEvidence(evidence) }
  await databases().system.failoverDrill.create({ data: { ...drill, boundMs: 30_000, ...proof } })
  return id
}

/** Every change writes an audit entry, and those the gateway must know a configuration document. */
async function fingerprint(organizationId: string): Promise<string> {
  const { system } = databases()
  const where = { organizationId }
  const counts = [
    await system.auditEntry.count({ where }),
    await system.apiKey.count({ where }),
    await system.serviceToken.count({ where }),
    await system.person.count({ where }),
    await system.membership.count({ where }),
    await system.groupMapping.count({ where }),
    await system.signInLink.count({ where }),
    await system.model.count({ where }),
    await system.modelPrice.count({ where }),
    await system.modelRequest.count({ where }),
    await system.modelSigner.count({ where }),
    await system.modelVersion.count({ where }),
    await system.keyRequest.count({ where }),
    await system.tier.count({ where }),
    await system.guardrail.count({ where }),
    await system.dataSource.count({ where }),
    await system.dlpEvent.count({ where: { ...where, feedback: { not: null } } }),
    await system.cachePolicy.count({ where }),
    await system.contentKey.count({ where }),
    await system.contentAudit.count({ where }),
    await system.budget.count({ where }),
    await system.rateLimit.count({ where }),
    await system.route.count({ where }),
    await system.failoverDrill.count({ where }),
    await system.failoverDrillPlan.count({ where }),
    await system.exemption.count({ where }),
    await system.risk.count({ where }),
    await system.riskControl.count({ where }),
    await system.workload.count({ where }),
    await system.brief.count({ where }),
    await system.approvalRequest.count({ where }),
    await system.approvalVote.count({ where }),
    await system.approvalComment.count({ where }),
    await system.approvalDelegation.count({ where }),
    await system.approvalPolicyVersion.count({ where }),
    await system.boardMember.count({ where }),
    await system.boardItem.count({ where }),
    await system.boardStay.count({ where }),
    await system.boardVote.count({ where }),
    await system.boardMinutesComment.count({ where }),
    await system.boardMinutesApproval.count({ where }),
    await system.boardCalendarLink.count({ where }),
    await system.policy.count({ where: { ...where, draftRevision: 1 } }),
    await system.policyVersion.count({ where }),
    await system.policyAcknowledgement.count({ where }),
    await system.notificationChannel.count({ where }),
    // What delivering itself writes is nobody's doing: another suite may work off everybody's.
    await system.notificationDelivery.count({ where: { ...where, kind: { not: 'channel_failing' } } }),
    await system.notificationPreference.count({ where }),
    await system.recordVersion.count({ where }),
    await system.maturityAttestation.count({ where: { ...where, withdrawnAt: null } }),
    await system.maturityAnswer.count({ where }),
  ]
  const { _max } = await system.gatewayConfig.aggregate({ where, _max: { version: true } })
  return [...counts, _max.version].join(' ')
}

function idIn(path: string, { status, text, json }: CallResult): string {
  if (status !== 201 || typeof json.id !== 'string') throw new Error(`POST ${path}: ${status} ${text}`)
  return json.id
}
