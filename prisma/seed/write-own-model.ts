import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { insertModel } from '#lib/models/insert-model.ts'
import type { FullModel } from '#lib/models/model-dto.ts'
import { CreateModelInput } from '#lib/models/schema.ts'
import { addModelSigner } from '#lib/own-models/add-model-signer.ts'
import { registerModelVersion } from '#lib/own-models/register-model-version.ts'
import { requestSignOff } from '#lib/own-models/request-sign-off.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { CHAIR } from './northwind/board.ts'
import { ADMINISTRATOR, OPERATIONS } from './northwind/people.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededOrganization } from './write-organization.ts'

const OWNER = 'Sofia Rossi'
const BASE_MODEL = 'gpt-oss-20b'
/** Days ago: when the first version was registered, and the second. */
const [FIRST, SECOND] = [34, 2]

const CARD = `Reads supplier invoices and gives their fields as JSON.

**Made from** ${BASE_MODEL}, tuned on 41,000 invoices that people had keyed in.

**Good for** invoices in English, German, Dutch and Polish. **Not for** contracts, or for deciding on a payment.

**Measured** on 2,000 invoices kept apart: 98.1 % of fields right, 0.2 % made up.
`

type Parts = SeededOrganization & SeededCatalog

/**
 * A model that Northwind made itself: one version that the board has signed off and that answers, and the next, which
 * waits. The sandbox stands in for the machines that would serve it, so that calls of it are answered.
 */
export async function writeOwnModel(tx: Transaction, scenario: Scenario, parts: Parts): Promise<void> {
  const as = (name: string) => contextOf(tx, scenario, demand(parts.people, name), [])
  const { id: modelId, createdAt } = await writeEntry(tx, as(ADMINISTRATOR), scenario, parts)
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const { id: signerId } = await addModelSigner({
    ctx: as(ADMINISTRATOR),
    input: { name: 'Model release pipeline', publicKey: pem },
  })
  const source = await tx.dataSource.findFirst({
    where: { organizationId: scenario.organizationId, slug: 'supplier-invoices' },
  })
  const register = (label: string, parentId: string | null) => {
    const digest = `sha256:${createHash('sha256').update(`northwind invoice reader ${label}`).digest('hex')}`
    const signature = { form: 'detached', signature: sign(null, Buffer.from(digest), privateKey).toString('base64') }
    const trainingDataSourceIds = source ? [source.id] : []
    const input = {
      modelId,
      label,
      parentId,
      baseModel: BASE_MODEL,
      digest,
      signerId,
      signature,
      trainingDataSourceIds,
    }
    return registerModelVersion({ ctx: as(OPERATIONS), input })
  }
  const first = await register('1.0.0', null)
  const asked = await ask(first.id, '98.1 % of fields right on 2,000 invoices; Payables have tried it for two weeks')
  await approveRequest({ ctx: as(CHAIR), input: { id: asked, reason: 'Measured, and a person reads every result' } })
  const second = await register('1.1.0', first.id)
  await ask(second.id, 'Reads Polish invoices as well; no field got worse')
  await backdate()

  async function ask(id: string, reason: string): Promise<string> {
    return (await requestSignOff({ ctx: as(OPERATIONS), input: { id, reason } })).approvalId
  }

  async function backdate(): Promise<void> {
    const ago = (days: number) => new Date(createdAt.getTime() - days * DAY_MS)
    const decidedAt = new Date(ago(FIRST).getTime() + 30 * HOUR_MS)
    const served = { createdAt: ago(FIRST), signedOffAt: decidedAt, inServiceSince: decidedAt }
    await tx.modelVersion.update({ where: { id: first.id }, data: served })
    await tx.modelVersion.update({ where: { id: second.id }, data: { createdAt: ago(SECOND) } })
    await tx.model.update({ where: { id: modelId }, data: { createdAt: ago(FIRST + 6) } })
    await tx.modelSigner.update({ where: { id: signerId }, data: { createdAt: ago(FIRST + 5) } })
    const times = { createdAt: ago(FIRST), stepOpenedAt: ago(FIRST), decidedAt }
    await tx.approvalRequest.update({ where: { id: asked }, data: times })
  }
}

/** Its place in the catalog, with all that completeness asks for. */
function writeEntry(
  tx: Transaction,
  ctx: Context,
  { now }: Scenario,
  { people, providers }: Parts,
): Promise<FullModel> {
  const entry = CreateModelInput.parse({
    providerId: demand(providers, 'Sandbox').id,
    ...{ identifier: 'invoice-reader', displayName: 'Invoice reader', upstreamModel: 'sandbox-gpt-mini' },
    ...{ dialects: ['chat', 'responses'], capabilities: ['structured_output'], modalities: ['text'] },
    ...{ contextWindow: 128_000, maxOutputTokens: 16_384, tiers: ['Public', 'Internal'] },
    price: { usdPerMillionTokens: { input: '0.1', output: '0.4' }, source: 'What the machines cost' },
    ownerId: demand(people, OWNER).id,
    lineage: `${BASE_MODEL}, tuned by Northwind`,
    ...{ retentionDays: 0, trainingOptOut: true, modelCard: CARD },
    reviewBy: new Date(now + 120 * DAY_MS).toISOString().slice(0, 10),
  })
  return insertModel(tx, ctx, entry, 'manual', 'The first model of our own')
}
