import { responsesAnnotation } from '../citations.ts'
import type { TextPart, ThinkingProof } from '../conversation.ts'
import { encryptedContent } from '../thinking-proof.ts'

/** The content of a message that says something. */
export function outputText({ text, citations = [], logprobs = [] }: Omit<TextPart, 'type'>): object {
  return { type: 'output_text', text, annotations: citations.map(responsesAnnotation), logprobs }
}

/** An item of output that says something. */
export function messageItem(id: string, part: Omit<TextPart, 'type'>): object {
  return { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content: [outputText(part)] }
}

/** An item of output that says why there is no answer. */
export function refusalItem(id: string, refusal: string): object {
  const content = [{ type: 'refusal', refusal }]
  return { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content }
}

/** An item of output that calls a custom tool. */
export function customCallItem(id: string, callId: string, name: string, input: string): object {
  return { id: `ctc_${id}`, type: 'custom_tool_call', status: 'completed', call_id: callId, name, input }
}

/** An item of output that calls a tool. */
export function callItem(id: string, callId: string, name: string, text: string): object {
  return { id: `fc_${id}`, type: 'function_call', status: 'completed', call_id: callId, name, arguments: text }
}

/** An item of output that tells what the model thought. */
export function reasoningItem(id: string, text: string, proof: ThinkingProof | null): object {
  return {
    id: `rs_${id}`,
    type: 'reasoning',
    summary: text ? [{ type: 'summary_text', text }] : [],
    ...(proof && { encrypted_content: encryptedContent(proof) }),
  }
}
