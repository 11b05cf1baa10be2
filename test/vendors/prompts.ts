import type { VendorRequest } from './vendor-server.ts'

/** What a prompt asks a vendor's test server to do wrong, as `[fault]` somewhere in it. */
export type Fault = 'overloaded' | 'mid-stream' | 'cut' | 'filtered' | 'rejected'

/** The fault that a request asks for; null: none. */
export function faultIn({ text }: VendorRequest): Fault | null {
  return (/\[(overloaded|mid-stream|cut|filtered|rejected)\]/.exec(text)?.[1] as Fault | undefined) ?? null
}

/** Whether a request offers tools and has not been answered by one yet. */
export function callsTool({ body, text }: VendorRequest): boolean {
  return (body.tools !== undefined || body.toolConfig !== undefined) && !/tool_result|"tool"|toolResult/.test(text)
}

export const ANSWER = 'Berlin is sunny, and “mild”.'
export const TOOL = { id: 'call_1', name: 'weather', arguments: '{"city":"Berlin"}' }
export const USAGE = { input: 11, output: 7, cached: 3 }
