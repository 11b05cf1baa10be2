import { createHash } from 'node:crypto'
import { newId } from '#core/ids.ts'

/** What each dialect takes as the id of a tool call; other ids are answered with a 400. */
const TAKEN = {
  /** OpenAI: at most 40 characters. */
  chat: /^.{1,40}$/s,
  /** OpenAI: at most 64 characters. */
  responses: /^.{1,64}$/s,
  /** Anthropic, and Converse, which takes 64 of them. */
  messages: /^[A-Za-z0-9_-]{1,64}$/,
} as const

/**
 * The id of a tool call as a dialect takes it. Servers of other dialects name calls as they like, such as
 * `functions.search:0`; the same id always becomes the same other one, so that results find their calls.
 */
export function carriedCallId(id: string, dialect: keyof typeof TAKEN): string {
  return TAKEN[dialect].test(id) ? id : `call_${digestOf(id).slice(0, 32)}`
}

/**
 * The id of an end user as OpenAI takes it, in at most 64 characters. Coding agents that speak messages send longer ones,
 * with their session in them; what is only told apart by it is told apart by its digest too.
 */
export function carriedUserId(id: string): string {
  return id.length <= 64 ? id : digestOf(id)
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}

/** The id that a provider gave a call, or a new one where it gave none: clients answer calls by their ids. */
export function givenCallId(id: string): string {
  return id || `call_${newId().replaceAll('-', '')}`
}
