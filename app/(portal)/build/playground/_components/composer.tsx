'use client'

import { ArrowUp, Square } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Textarea } from '#components/ui/input.tsx'

/** Where the question is typed: Enter sends, Shift Enter begins a line. */
export function Composer({
  streaming,
  disabled,
  onSend,
  onStop,
}: {
  streaming: boolean
  disabled: boolean
  onSend: (question: string) => void
  onStop: () => void
}) {
  const [question, setQuestion] = useState('')
  const sendable = !disabled && !streaming && question.trim() !== ''

  function send() {
    if (!sendable) return
    onSend(question.trim())
    setQuestion('')
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    send()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form onSubmit={onSubmit} className="bottom-0 mt-auto flex items-end gap-2 bg-surface pt-2 pb-4 lg:sticky">
      <Textarea
        aria-label="Message"
        rows={2}
        className="max-h-64 min-h-11 flex-1"
        placeholder="Ask something. Enter sends, Shift Enter begins a line."
        value={question}
        onChange={event => setQuestion(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {streaming ? (
        <Button size="lg" onClick={onStop}>
          <Square className="size-3.5 fill-current" aria-hidden />
          Stop
        </Button>
      ) : (
        <Button type="submit" variant="primary" size="lg" disabled={!sendable}>
          <ArrowUp aria-hidden />
          Send
        </Button>
      )}
    </form>
  )
}
