import type { Dialect } from '../core/contracts/config-documents.ts'
import { DETECTORS } from '../core/guardrails/detector.ts'
import { newId } from '../core/ids.ts'
import type { FuzzModels } from '../test/fuzz/requests.ts'
import { type GovernedConfig, governedConfig } from './governed-config.ts'

/** What the sandbox serves, by the wires that it serves it on. */
const MODELS: readonly { name: string; dialects: Dialect[] }[] = [
  { name: 'sandbox-gpt', dialects: ['chat', 'responses', 'completions'] },
  { name: 'sandbox-claude', dialects: ['messages'] },
  { name: 'sandbox-embed', dialects: ['embeddings'] },
  { name: 'sandbox-moderation', dialects: ['moderations'] },
]
export const FUZZ_MODELS: FuzzModels = {
  chat: 'sandbox-gpt',
  messages: 'sandbox-claude',
  embeddings: 'sandbox-embed',
  moderations: 'sandbox-moderation',
}

/** The configuration of the benchmarks with a model for every wire, and every detector at work in one tier. */
export function fuzzConfig(upstream: string, secret: string): GovernedConfig {
  const { rows, key } = governedConfig(upstream, secret)
  const template = rows.find(row => row.kind === 'model')
  if (!template) throw new Error('the configuration has a model')
  const kept = rows.filter(row => row !== template)
  const add = (kind: (typeof rows)[number]['kind'], doc: object) => {
    kept.push({ ...template, kind, id: newId(), version: String(kept.length + 10), doc })
  }
  for (const { name, dialects } of MODELS) {
    const names = { identifier: name, displayName: name, upstreamModel: name, dialects, maxOutputTokens: 4_096 }
    add('model', { ...(template.doc as object), ...names })
  }
  const tier = { name: 'Internal', rank: 1, contentLogging: 'full', cacheable: true, regions: [], providerIds: [] }
  add('tier', tier)
  for (const detector of Object.keys(DETECTORS)) {
    add('guardrail', { detector, enabled: true, shadow: false, actions: { Internal: 'mask' }, raiseTo: null })
  }
  const governed = kept.map(row =>
    row.kind === 'key' ? { ...row, doc: { ...(row.doc as object), modelIds: [] } } : row,
  )
  return { rows: governed, key }
}
