/** A model, or a request for one, that a name can be compared with. */
export interface NamedModel {
  readonly identifier: string
  readonly displayName: string
  readonly aliases?: readonly string[]
}

const PARTS = /[^a-z0-9.]+/
/** Of the parts of two names, the share that has to be the same. */
const ALIKE = 0.5

/**
 * Those that may be what somebody means by a name, the most alike first: the name itself, one that holds it, or one
 * that shares at least half of its parts, as “gpt-5-mini” and “gpt-5” do.
 */
export function similarModels<M extends NamedModel>(name: string, among: readonly M[]): M[] {
  const wanted = name.trim().toLowerCase()
  if (wanted.length < 2) return []
  return among
    .map(model => ({ model, likeness: likenessOf(wanted, model) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.model.identifier < b.model.identifier ? -1 : 1))
    .map(({ model }) => model)
}

function likenessOf(wanted: string, { identifier, displayName, aliases = [] }: NamedModel): number {
  return Math.max(...[identifier, displayName, ...aliases].map(name => likeness(wanted, name.toLowerCase())))
}

function likeness(wanted: string, name: string): number {
  if (wanted === name) return 1
  if (wanted.length > 2 && (name.includes(wanted) || wanted.includes(name))) return 0.9
  const [mine, theirs] = [partsOf(wanted), partsOf(name)]
  const shared = [...mine].filter(part => theirs.has(part)).length
  return shared / Math.max(mine.size, theirs.size, 1)
}

function partsOf(name: string): Set<string> {
  return new Set(name.split(PARTS).filter(Boolean))
}
