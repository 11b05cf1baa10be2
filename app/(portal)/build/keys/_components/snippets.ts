import type { Dialect } from '#core/contracts/config-documents.ts'

/** What the code of a snippet needs to run as it stands. */
export interface SnippetInput {
  /** Where clients reach the gateway, without a slash at the end. */
  gatewayUrl: string
  /** The key, or a stand-in when it is not shown any more. */
  key: string
  /** A model the key may call, by the wire it speaks; null when there is none. */
  models: Partial<Record<Dialect, string | null>>
}

export interface Snippet {
  id: string
  label: string
  /** What the code is: a shell command, a file. */
  language: 'Shell' | 'Python' | 'TypeScript' | 'TOML' | 'Settings'
  code: string
  /** Why it would be refused as it stands; null when it works. */
  caveat: string | null
}

/** Paste-ready code for each client, in the order in which it is offered. */
export function snippetsFor(input: SnippetInput): Snippet[] {
  return CLIENTS.map(({ wire, write, ...client }) => {
    const model = input.models[wire] ?? null
    return {
      ...client,
      code: write({ root: input.gatewayUrl, key: input.key, model: model ?? 'model-name' }),
      caveat: model
        ? null
        : `No model that this key may call speaks ${WIRE_NAMES[wire]}. The gateway would answer 404.`,
    }
  })
}

interface Parts {
  root: string
  key: string
  model: string
}

interface Client extends Pick<Snippet, 'id' | 'label' | 'language'> {
  wire: Dialect
  write(parts: Parts): string
}

const WIRE_NAMES: Record<Dialect, string> = {
  chat: 'OpenAI chat completions',
  messages: 'Anthropic messages',
  responses: 'OpenAI responses',
  completions: 'OpenAI completions',
  embeddings: 'OpenAI embeddings',
  moderations: 'OpenAI moderations',
}

const CLIENTS: Client[] = [
  { id: 'curl', label: 'curl', language: 'Shell', wire: 'chat', write: curl },
  { id: 'openai-python', label: 'Python', language: 'Python', wire: 'chat', write: openaiPython },
  { id: 'openai-typescript', label: 'TypeScript', language: 'TypeScript', wire: 'chat', write: openaiTypescript },
  { id: 'anthropic-python', label: 'Anthropic Python', language: 'Python', wire: 'messages', write: anthropicPython },
  {
    id: 'anthropic-typescript',
    label: 'Anthropic TypeScript',
    language: 'TypeScript',
    wire: 'messages',
    write: anthropicTypescript,
  },
  { id: 'vercel-ai', label: 'Vercel AI SDK', language: 'TypeScript', wire: 'chat', write: vercelAi },
  { id: 'langchain', label: 'LangChain', language: 'Python', wire: 'chat', write: langchain },
  { id: 'claude-code', label: 'Claude Code', language: 'Shell', wire: 'messages', write: claudeCode },
  { id: 'codex', label: 'Codex CLI', language: 'TOML', wire: 'responses', write: codex },
  { id: 'cursor', label: 'Cursor', language: 'Settings', wire: 'chat', write: cursor },
]

function curl({ root, key, model }: Parts): string {
  return `curl ${root}/v1/chat/completions \\
  -H "authorization: Bearer ${key}" \\
  -H "content-type: application/json" \\
  -d '{"model":"${model}","messages":[{"role":"user","content":"Say hello"}]}'`
}

function openaiPython({ root, key, model }: Parts): string {
  return `# pip install openai
from openai import OpenAI

client = OpenAI(
    base_url="${root}/v1",
    api_key="${key}",
)

answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Say hello"}],
)
print(answer.choices[0].message.content)`
}

function openaiTypescript({ root, key, model }: Parts): string {
  return `// npm install openai
import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: '${root}/v1',
  apiKey: '${key}',
})

const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Say hello' }],
})
console.log(answer.choices[0].message.content)`
}

function anthropicPython({ root, key, model }: Parts): string {
  return `# pip install anthropic
from anthropic import Anthropic

client = Anthropic(
    base_url="${root}",
    api_key="${key}",
)

answer = client.messages.create(
    model="${model}",
    max_tokens=256,
    messages=[{"role": "user", "content": "Say hello"}],
)
print(answer.content[0].text)`
}

function anthropicTypescript({ root, key, model }: Parts): string {
  return `// npm install @anthropic-ai/sdk
import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({
  baseURL: '${root}',
  apiKey: '${key}',
})

const answer = await client.messages.create({
  model: '${model}',
  max_tokens: 256,
  messages: [{ role: 'user', content: 'Say hello' }],
})
console.log(answer.content)`
}

function vercelAi({ root, key, model }: Parts): string {
  return `// npm install ai @ai-sdk/openai-compatible
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText } from 'ai'

const gatehouse = createOpenAICompatible({
  name: 'gatehouse',
  baseURL: '${root}/v1',
  apiKey: '${key}',
})

const { text } = await generateText({
  model: gatehouse('${model}'),
  prompt: 'Say hello',
})
console.log(text)`
}

function langchain({ root, key, model }: Parts): string {
  return `# pip install langchain-openai
from langchain_openai import ChatOpenAI

chat = ChatOpenAI(
    base_url="${root}/v1",
    api_key="${key}",
    model="${model}",
)
print(chat.invoke("Say hello").content)`
}

function claudeCode({ root, key, model }: Parts): string {
  return `export ANTHROPIC_BASE_URL="${root}"
export ANTHROPIC_AUTH_TOKEN="${key}"
claude --model "${model}"`
}

function codex({ root, key, model }: Parts): string {
  return `# ~/.codex/config.toml
# before you start it: export GATEHOUSE_API_KEY="${key}"
model = "${model}"
model_provider = "gatehouse"

[model_providers.gatehouse]
name = "Gatehouse"
base_url = "${root}/v1"
env_key = "GATEHOUSE_API_KEY"
wire_api = "responses"`
}

function cursor({ root, key, model }: Parts): string {
  return `Settings > Models > API keys

OpenAI API key            ${key}
Override OpenAI base URL  ${root}/v1
Custom model              ${model}`
}
