import type { AskModelInput, PlaygroundEvent } from '#lib/playground/schema.ts'

/** One side's part of a conversation. */
export interface Turn {
  id: number
  role: 'user' | 'assistant'
  text: string
  /** Of an answer; a question is always complete. */
  state: 'complete' | 'streaming' | 'stopped' | 'failed'
  /** Why the answer failed, in the gateway's words. */
  problem?: string
  figures?: AnswerFigures
}

export interface AnswerFigures {
  requestId: string | null
  inputTokens: number | null
  outputTokens: number | null
  /** Milliseconds from the question, as this browser saw them. */
  firstTokenMs: number | null
  totalMs: number | null
}

/** Adds the question and the answer that is about to stream. */
export function ask(turns: readonly Turn[], question: string): Turn[] {
  const id = (turns.at(-1)?.id ?? 0) + 1
  return [
    ...turns,
    { id, role: 'user', text: question, state: 'complete' },
    { id: id + 1, role: 'assistant', text: '', state: 'streaming' },
  ]
}

/** The conversation after one event of the answer, `elapsedMs` after the question. */
export function receive(turns: readonly Turn[], event: PlaygroundEvent, elapsedMs: number): Turn[] {
  return withAnswer(turns, answer => {
    const figures = answer.figures ?? {
      requestId: null,
      inputTokens: null,
      outputTokens: null,
      firstTokenMs: null,
      totalMs: null,
    }
    if (event.type === 'text')
      return {
        ...answer,
        text: answer.text + event.text,
        figures: { ...figures, firstTokenMs: figures.firstTokenMs ?? elapsedMs },
      }
    if (event.type === 'error')
      return {
        ...answer,
        state: 'failed',
        problem: event.message,
        figures: { ...figures, requestId: event.requestId, totalMs: elapsedMs },
      }
    const { requestId, inputTokens, outputTokens } = event
    return {
      ...answer,
      state: 'complete',
      figures: { ...figures, requestId, inputTokens, outputTokens, totalMs: elapsedMs },
    }
  })
}

/** The conversation after the person has stopped the answer. */
export function stop(turns: readonly Turn[], elapsedMs: number): Turn[] {
  return withAnswer(turns, answer => ({
    ...answer,
    state: 'stopped',
    ...(answer.figures ? { figures: { ...answer.figures, totalMs: elapsedMs } } : {}),
  }))
}

/** What is sent: complete questions with their answers; a failed or empty answer and its question are left out. */
export function messagesOf(turns: readonly Turn[]): AskModelInput['messages'] {
  const messages: AskModelInput['messages'] = []
  turns.forEach((turn, index) => {
    const answer = turn.role === 'user' ? turns[index + 1] : turn
    const last = turn.role === 'user' && (answer === undefined || answer.state === 'streaming')
    const kept = answer !== undefined && answer.text !== '' && answer.state !== 'failed'
    if (last || (kept && turn.state !== 'streaming')) messages.push({ role: turn.role, content: turn.text })
  })
  return messages
}

function withAnswer(turns: readonly Turn[], change: (answer: Turn) => Turn): Turn[] {
  const answer = turns.at(-1)
  return answer?.state === 'streaming' ? [...turns.slice(0, -1), change(answer)] : [...turns]
}
