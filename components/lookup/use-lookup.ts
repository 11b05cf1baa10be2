import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const SHORTEST = 2
/** Typing that rests for so many milliseconds is asked for. */
const REST_MS = 150

/**
 * What a text finds, looked up while it is typed; below a `LookupProvider`. What was found before stays until the next
 * is there, and what comes late for an earlier text is not taken for this one's.
 *
 * @param name tells lookups apart
 */
export function useLookup<T>(
  name: string,
  typed: string,
  lookUp: (text: string) => Promise<readonly T[]>,
): { found: readonly T[]; searching: boolean; failed: boolean } {
  const text = typed.trim()
  const rested = useRested(text)
  const wanted = text.length >= SHORTEST
  const query = useQuery({
    queryKey: [name, rested],
    queryFn: () => lookUp(rested),
    enabled: wanted && rested.length >= SHORTEST,
    placeholderData: keepPreviousData,
    retry: 1,
  })
  return {
    found: wanted ? (query.data ?? []) : [],
    searching: wanted && (rested !== text || query.isFetching),
    failed: wanted && query.isError,
  }
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
