/** One turn of a conversation, in no SDK's words. */
export type ClientTurn = { user: string } | { calls: ClientCall[] } | { results: { call: ClientCall; text: string }[] }
export interface ClientCall {
  id: string
  name: string
  input: unknown
}

export interface ClientRequest {
  model: string
  turns: readonly ClientTurn[]
  stream: boolean
  /** Whether the tools below are offered. */
  tools?: boolean
  /** Header of the sandbox provider that asks it for a fault. */
  fault?: string
  signal?: AbortSignal
  /** Called at the first sign of an answer in a stream. */
  onFirst?: () => void
}

export interface ClientAnswer {
  text: string
  calls: ClientCall[]
  outputTokens: number
}

/** An SDK as a program uses it; it rejects with the SDK's own error. */
export interface TestClient {
  name: string
  ask(request: ClientRequest): Promise<ClientAnswer>
}

/** Two tools that the sandbox calls at once when the question names both. */
export const CLIENT_TOOLS = ['get_weather', 'get_time'].map(name => ({
  name,
  description: `Tells what ${name} tells.`,
  schema: {
    type: 'object' as const,
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
}))

/** Where the gateway is, and the key to it. */
export interface Door {
  url: string
  key: string
}

/** The header that asks for a fault, for SDKs that take headers. */
export function faultHeader({ fault }: ClientRequest): Record<string, string> {
  return fault ? { 'x-sandbox-fault': fault } : {}
}
