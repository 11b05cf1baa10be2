export type SandboxModel = {
  readonly id: string
  readonly displayName: string
  readonly wire: 'openai' | 'anthropic'
  readonly kind: 'chat' | 'embedding' | 'moderation'
  readonly reasons: boolean
}

/** Every model the sandbox provider serves. */
export const SANDBOX_MODELS: readonly SandboxModel[] = [
  { id: 'sandbox-gpt', displayName: 'Sandbox GPT', wire: 'openai', kind: 'chat', reasons: false },
  { id: 'sandbox-gpt-mini', displayName: 'Sandbox GPT mini', wire: 'openai', kind: 'chat', reasons: false },
  { id: 'sandbox-reasoner', displayName: 'Sandbox Reasoner', wire: 'openai', kind: 'chat', reasons: true },
  { id: 'sandbox-embed', displayName: 'Sandbox Embed', wire: 'openai', kind: 'embedding', reasons: false },
  { id: 'sandbox-moderation', displayName: 'Sandbox Moderation', wire: 'openai', kind: 'moderation', reasons: false },
  { id: 'sandbox-claude', displayName: 'Sandbox Claude', wire: 'anthropic', kind: 'chat', reasons: false },
  { id: 'sandbox-claude-haiku', displayName: 'Sandbox Claude Haiku', wire: 'anthropic', kind: 'chat', reasons: false },
]

/** Second of creation that every model and answer carries: fixed, so that equal requests get equal bytes. */
export const CREATED_AT = 1_767_225_600

/** The model of that id on that wire, or null. */
export function findModel(wire: SandboxModel['wire'], id: string): SandboxModel | null {
  return SANDBOX_MODELS.find(model => model.id === id && model.wire === wire) ?? null
}
