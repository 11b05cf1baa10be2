'use client'

import { useEffect, useRef } from 'react'
import { type LiveHandler, type LiveTopic, listen } from './live-events.ts'

/** Calls the handler for each live message of the topics while the component is on the page. */
export function useLive(topics: readonly LiveTopic[], handler: LiveHandler): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  const key = topics.join()
  useEffect(() => listen(key.split(',') as LiveTopic[], (topic, data) => latest.current(topic, data)), [key])
}
