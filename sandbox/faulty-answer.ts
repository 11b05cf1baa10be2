import { anthropicErrorBody, anthropicErrorMessage } from './anthropic/errors.ts'
import type { Exchange, Wire } from './exchange.ts'
import type { Fault } from './faults.ts'
import { openAiErrorBody, openAiErrorMessage } from './openai/errors.ts'

/** Pieces to send, one write each, and what happens after the last. */
export type FaultyAnswer = { readonly pieces: readonly (string | Buffer)[]; readonly ending: 'end' | 'cut' | 'stall' }

/** The error status that a fault asks for, or null. */
export function faultStatus(fault: Fault, wire: Wire): number | null {
  if (fault.status !== undefined) return fault.status
  if (!fault.overloaded) return null
  return wire === 'anthropic' ? 529 : 503
}

/** The error body that the vendor of a wire sends with a status. */
export function errorBodyFor(wire: Wire, status: number, requestId: string): string {
  if (wire === 'anthropic') return anthropicErrorBody(status, anthropicErrorMessage(status), requestId)
  return openAiErrorBody(status, { message: openAiErrorMessage(status), param: null, code: null })
}

/** An answer with status 200 as its fault leaves it: frames for a stream, two halves for a whole answer. */
export function faultyAnswer(exchange: Exchange, fault: Fault, requestId: string): FaultyAnswer {
  const pieces = exchange.frames
    ? faultyFrames(exchange, exchange.frames, fault)
    : faultyHalves(exchange, fault, requestId)
  if (fault.cutAfter !== undefined) return { pieces: pieces.slice(0, fault.cutAfter), ending: 'cut' }
  if (fault.stallAfter !== undefined) return { pieces: pieces.slice(0, fault.stallAfter), ending: 'stall' }
  return { pieces, ending: 'end' }
}

function faultyFrames(exchange: Exchange, frames: readonly string[], fault: Fault): readonly string[] {
  if (fault.errorAfter !== undefined) return [...frames.slice(0, fault.errorAfter), exchange.errorFrame]
  if (fault.malformedAt === undefined) return frames
  return frames.map((frame, position) => (position + 1 === fault.malformedAt ? malformed(frame) : frame))
}

/** The first half of a frame, closed like a whole one. */
function malformed(frame: string): string {
  return `${frame.slice(0, Math.ceil(frame.trimEnd().length / 2))}\n\n`
}

function faultyHalves(exchange: Exchange, fault: Fault, requestId: string): readonly Buffer[] {
  const whole = exchange.body ?? Buffer.alloc(0)
  const middle = Math.ceil(whole.length / 2)
  if (fault.errorAfter !== undefined) return [Buffer.from(errorBodyFor(exchange.wire, 500, requestId))]
  if (fault.malformedAt !== undefined) return [whole.subarray(0, middle)]
  return [whole.subarray(0, middle), whole.subarray(middle)]
}
