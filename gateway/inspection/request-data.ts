import type { DataSourceDocument } from '#core/contracts/config-documents.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Guardrails } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'

const HEADER = 'x-gatehouse-data-source'
const MOST = 20

/** What a request is known to use; `unknown`: something that this gateway does not know any more. */
export interface RequestData {
  readonly sources: readonly DataSourceDocument[]
  readonly unknown: boolean
}

const NONE: RequestData = { sources: [], unknown: false }

/**
 * The data sources of a request: those that its key and its workload are tied to, and those that its caller names.
 * Throws a 400 for a name that is none.
 */
export function dataOf(exchange: Exchange, guardrails: Guardrails): RequestData {
  return dataSourcesOf(exchange.key, exchange.attribution.workload, exchange.header(HEADER), guardrails)
}

/** The same of a key, a workload and the names that a caller sends, with commas between. */
export function dataSourcesOf(
  key: KeyEntry | null,
  workload: string | null,
  named: string | undefined,
  guardrails: Guardrails,
): RequestData {
  const tied = key?.document.dataSourceIds ?? []
  const ofWorkload = guardrails.sourcesOfWorkload(workload)
  if (tied.length === 0 && !named && ofWorkload.length === 0) return NONE
  const sources = new Set<DataSourceDocument>(ofWorkload)
  let unknown = false
  for (const id of tied) {
    const source = guardrails.sourceOf(id)
    if (source) sources.add(source)
    else unknown = true
  }
  for (const name of namesIn(named ?? '')) sources.add(sourceNamed(guardrails, name))
  return { sources: [...sources], unknown }
}

/** Every name counts: one that was left out could be the one that is classified highest. */
function namesIn(header: string): string[] {
  const names = header.split(',').flatMap(slug => slug.trim().toLowerCase() || [])
  if (names.length <= MOST) return names
  const words = `The header ${HEADER} names ${names.length} data sources, and ${MOST} is the most of one request.`
  throw new Refusal(400, 'invalid_header', words, { param: HEADER })
}

function sourceNamed(guardrails: Guardrails, name: string): DataSourceDocument {
  const source = guardrails.sourceNamed(name)
  if (source) return source
  const words = `"${name.slice(0, 80)}" is no data source of this organization. Send names as the classification page has them, with commas between, or leave ${HEADER} out.`
  throw new Refusal(400, 'unknown_data_source', words, { param: HEADER, rule: 'data_source:unknown' })
}
