'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { saveDraftAction } from '#lib/policies/actions.ts'

const QUIET_MS = 1_200

export type SaveState = { state: 'saved' | 'unsaved' | 'saving' } | { state: 'failed'; message: string }

/**
 * Saves a draft when nobody has typed for a moment, one save at a time. `flush` saves at once and tells whether all is
 * saved; after a conflict nothing is saved any more, so that nobody's text is lost.
 */
export function useAutosave(id: string, text: string, draft: { text: string; revision: number }) {
  const [status, setStatus] = useState<SaveState>({ state: 'saved' })
  const latest = useRef(text)
  const saved = useRef(draft)
  const running = useRef<Promise<boolean> | null>(null)
  const stuck = useRef(false)
  latest.current = text

  const save = useCallback(async (): Promise<boolean> => {
    while (latest.current !== saved.current.text && !stuck.current) {
      const wanted = latest.current
      setStatus({ state: 'saving' })
      const result = await saveDraftAction({ id, text: wanted, revision: saved.current.revision })
      if (!result.ok) {
        stuck.current = result.error.kind === 'conflict'
        setStatus({ state: 'failed', message: result.error.message })
        return false
      }
      saved.current = { text: wanted, revision: result.data.revision }
    }
    if (!stuck.current) setStatus({ state: 'saved' })
    return !stuck.current
  }, [id])

  const flush = useCallback((): Promise<boolean> => {
    running.current ??= save().finally(() => {
      running.current = null
    })
    return running.current
  }, [save])

  useEffect(() => {
    if (text === saved.current.text || stuck.current) return
    setStatus({ state: 'unsaved' })
    const timer = setTimeout(() => void flush(), QUIET_MS)
    return () => clearTimeout(timer)
  }, [text, flush])

  const pending = status.state !== 'saved'
  useEffect(() => {
    if (!pending) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [pending])

  return { status, flush }
}
