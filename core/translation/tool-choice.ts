import type { Conversation, ToolChoice } from './conversation.ts'
import type { FieldReader } from './field-reader.ts'

/**
 * Reads the tool choice of OpenAI's dialects. They nest it differently: chat completions keep a function's name in
 * `function`, and what is allowed in `allowed_tools`.
 */
export function readOpenAiToolChoice(fields: FieldReader, nested: boolean): ToolChoice | null {
  const choice = fields.value('tool_choice')
  if (choice === null || choice === 'auto' || choice === 'none' || choice === 'required') return choice
  const why = 'use auto, none, required, one function, or allowed functions.'
  const object = typeof choice === 'object' ? fields.object('tool_choice') : null
  if (!object) throw fields.cannot('tool_choice', why)
  const type = object.text('type')
  const holder = nested ? object.object(type === 'function' ? 'function' : 'allowed_tools') : object
  if (holder && type === 'function') return { name: holder.requiredText('name') }
  if (!holder || type !== 'allowed_tools') throw fields.cannot('tool_choice', why)
  const mode = holder.text('mode') === 'required' ? 'required' : 'auto'
  const allowed = holder.objects('tools').map(tool => {
    if (tool.text('type') !== 'function') throw fields.cannot('tool_choice', why)
    return (nested ? (tool.object('function') ?? tool) : tool).requiredText('name')
  })
  return { allowed, mode }
}

/** Writes the tool choice of OpenAI's dialects. */
export function writeOpenAiToolChoice(choice: ToolChoice, nested: boolean): unknown {
  if (typeof choice === 'string') return choice
  const named = (name: string) => (nested ? { type: 'function', function: { name } } : { type: 'function', name })
  if ('name' in choice) return named(choice.name)
  const allowed = { mode: choice.mode, tools: choice.allowed.map(named) }
  return nested ? { type: 'allowed_tools', allowed_tools: allowed } : { type: 'allowed_tools', ...allowed }
}

/** The tools that may be called, for a dialect that cannot restrict a choice among those it is given. */
export function callableTools({ tools, toolChoice }: Conversation): Conversation['tools'] {
  if (toolChoice === null || typeof toolChoice === 'string' || 'name' in toolChoice) return tools
  return tools.filter(tool => toolChoice.allowed.includes(tool.name))
}
