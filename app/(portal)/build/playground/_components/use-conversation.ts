'use client'

import { useEffect, useRef, useState } from 'react'
import type { PlaygroundEvent } from '#lib/playground/schema.ts'
import { ask, messagesOf, receive, stop, type Turn } from './conversation.ts'
import { readLines } from './read-lines.ts'

export interface AskSettings {
  teamId: string
  modelId: string
  system: string
  maxTokens: number
}

/** A conversation with a model through the gateway; leaving the page ends a running answer. */
export function useConversation() {
  const [turns, setTurns] = useState<Turn[]>([])
  const running = useRef<{ controller: AbortController; startedAt: number } | null>(null)
  useEffect(() => () => running.current?.controller.abort(), [])

  async function send(question: string, settings: AskSettings) {
    const asked = ask(turns, question)
    const call = { controller: new AbortController(), startedAt: performance.now() }
    const elapsed = () => performance.now() - call.startedAt
    running.current = call
    setTurns(asked)
    const take = (event: PlaygroundEvent) => setTurns(now => receive(now, event, elapsed()))
    try {
      const response = await fetch('/api/playground', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...settings, messages: messagesOf(asked) }),
        signal: call.controller.signal,
      })
      if (!response.ok || !response.body) take((await response.json()) as PlaygroundEvent)
      else for await (const event of readLines<PlaygroundEvent>(response.body)) take(event)
    } catch {
      if (call.controller.signal.aborted) return
      take({ type: 'error', message: 'The connection to the portal was lost. Try again.', requestId: null })
    }
  }

  function stopAnswer() {
    const call = running.current
    if (!call) return
    call.controller.abort()
    setTurns(now => stop(now, performance.now() - call.startedAt))
  }

  return {
    turns,
    streaming: turns.at(-1)?.state === 'streaming',
    send,
    stop: stopAnswer,
    clear: () => {
      running.current?.controller.abort()
      setTurns([])
    },
  }
}
