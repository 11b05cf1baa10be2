import 'server-only'
import { listModelSigners } from '#lib/own-models/model-signers.ts'
import { trainingSources } from '#lib/own-models/training-sources.ts'
import type { Context } from '#lib/platform/context.ts'

export type VersionChoices = Awaited<ReturnType<typeof versionChoices>>

/** What the form of a version offers: signers that are believed, and data that models are trained on. */
export async function versionChoices(ctx: Context) {
  const [signers, sources] = await Promise.all([listModelSigners(ctx), trainingSources(ctx)])
  return {
    signers: signers.filter(({ retiredAt }) => !retiredAt).map(({ id, name }) => ({ value: id, label: name })),
    sources: sources.map(({ id, name, tier }) => ({ value: id, label: name, hint: tier })),
  }
}
