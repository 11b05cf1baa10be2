import { newId } from '#core/ids.ts'
import { requireDataSources } from '#lib/data-sources/find-data-source.ts'
import { findModel } from '#lib/models/find-model.ts'
import { keepModel } from '#lib/models/keep-model.ts'
import { publishModel } from '#lib/models/publish-model.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { believedBy, findModelSigner } from './model-signers.ts'
import { modelVersionDtos } from './model-versions.ts'
import { type ModelVersionDto, RegisterModelVersionInput } from './schema.ts'
import { signatureProblem } from './verify-artifact.ts'

/**
 * Registers a version of a model that the organization made itself, once its signature is verified. The first is in
 * service at once, for keys of development and staging; every version answers production after its sign-off only, and a
 * later one takes over with it. Throws `invalid_input` with the reason for a signature that does not prove it.
 */
export async function registerModelVersion({ ctx, input }: VerbArgs): Promise<ModelVersionDto> {
  requirePermission(ctx, 'models.manage')
  const { modelId, signature, upstreamModel, ...facts } = parseInput(RegisterModelVersionInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findModel(tx, modelId)
    const signer = await findModelSigner(tx, ctx, facts.signerId)
    if (signer.retiredAt) throw invalid('signerId', `${signer.name} is retired: nothing that it signs is believed.`)
    const problem = signatureProblem(facts.digest, signature, await believedBy(signer))
    if (problem) throw invalid('signature', `${problem} Nothing was registered.`)
    await requireDataSources(tx, ctx, facts.trainingDataSourceIds)
    const versions = await tx.modelVersion.findMany({ where: { modelId } })
    const twin = versions.find(({ label, digest }) => label === facts.label || digest === facts.digest)
    if (twin) throw conflict(`${before.displayName} has a version ${twin.label} of this name or digest already.`)
    if (facts.parentId && !versions.some(({ id }) => id === facts.parentId)) {
      throw invalid('parentId', 'This is no version of this model.')
    }
    const id = newId()
    const first = versions.length === 0
    const made = {
      ...{ id, organizationId: ctx.organizationId, modelId, ...facts },
      upstreamModel: upstreamModel ?? before.upstreamModel,
      signerName: signer.name,
      ...{ registeredById: ctx.actor.id, registeredByName: ctx.actor.name },
      inServiceSince: first ? new Date() : null,
    }
    const version = await tx.modelVersion.create({ data: made })
    const subject = { kind: 'model_version', id, name: `${before.identifier} ${facts.label}` }
    const { label, digest, baseModel } = facts
    const after = { modelId, label, digest, baseModel, signer: signer.name, trainingData: facts.trainingDataSourceIds }
    await audit(tx, ctx, { action: 'model_version.registered', subject, after })
    if (first) {
      const data = { upstreamModel: version.upstreamModel, version: { increment: 1 } }
      await tx.model.update({ where: { id: modelId }, data })
      const model = await publishModel(tx, ctx, modelId)
      await keepModel(tx, ctx, { before, after: model, action: 'model.version_in_service', reason: `Version ${label}` })
    }
    const [dto] = await modelVersionDtos(tx, ctx, [version])
    if (!dto) throw new Error('a version that was registered is there')
    return dto
  })
}
