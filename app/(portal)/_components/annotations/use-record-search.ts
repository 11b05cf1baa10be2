import { useRef, useState } from 'react'
import type { SelectItem } from '#components/ui/select.tsx'
import { ANNOTATED_KINDS, type AnnotatedKind } from '#core/annotations/annotated-kinds.ts'
import { searchAction } from '#lib/search/actions.ts'

const WAIT_MS = 250
const SHORTEST = 2

interface Linked {
  readonly linkedKind: AnnotatedKind
  readonly linkedId: string
}

/** Records by a part of their name, of those that can be linked with the given one, looked up while it is typed. */
export function useRecordSearch({ recordId }: { recordId: string }) {
  const [found, setFound] = useState<readonly (SelectItem & Linked)[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef('')

  function search(text: string) {
    clearTimeout(timer.current)
    latest.current = text
    // What was chosen is written into the field, and is no question.
    if (text.trim().length < SHORTEST || found.some(({ label }) => label === text)) return
    timer.current = setTimeout(async () => {
      const result = await searchAction({ text })
      if (!result.ok || latest.current !== text) return
      setFound(
        result.data.flatMap(({ kind, id, title, detail }) => {
          const linkedKind = annotatedKind(kind)
          if (!linkedKind || id === recordId) return []
          const words = linkedKind.replace('_', ' ')
          return [{ value: id, label: title, hint: detail ? `${words}, ${detail}` : words, linkedKind, linkedId: id }]
        }),
      )
    }, WAIT_MS)
  }

  const recordOf = (id: string): Linked | undefined => {
    const one = found.find(({ value }) => value === id)
    return one && { linkedKind: one.linkedKind, linkedId: one.linkedId }
  }
  return { items: found, search, recordOf }
}

function annotatedKind(kind: string): AnnotatedKind | undefined {
  const named = kind === 'decision' ? 'board_decision' : kind
  return ANNOTATED_KINDS.find(one => one === named)
}
