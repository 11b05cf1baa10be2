'use client'

import { type Ref, type RefCallback, useCallback, useEffect, useRef, useState } from 'react'

type TextControl = HTMLInputElement | HTMLTextAreaElement

/** React gives a text area that had a text its old one back when it takes it over, so what was typed is noted before. */
const typedAreas = new WeakMap<TextControl, string>()

/**
 * A ref for a text control that the server drew: what somebody typed before its code was there is told to it as if it
 * were typed now, so that state and buttons know of it, and the next drawing does not take it away.
 */
export function useEarlyText<Control extends TextControl>(given?: Ref<Control>): RefCallback<Control> {
  useState(noteTypedAreas)
  const control = useRef<Control>(null)
  useEffect(() => {
    const { current } = control
    if (!current) return
    const typed = typedAreas.get(current) ?? current.value
    typedAreas.delete(current)
    if (typed === asShown(current.defaultValue)) return
    const { selectionStart: from, selectionEnd: to } = current
    // React takes no change of a field while it is at work itself.
    queueMicrotask(() => tell(current, typed, from, to))
  }, [])
  return useCallback(
    (node: Control | null) => {
      control.current = node
      if (typeof given === 'function') return given(node)
      if (given) given.current = node
    },
    [given],
  )
}

function noteTypedAreas(): null {
  if (typeof document === 'undefined') return null
  for (const area of document.querySelectorAll('textarea')) {
    if (area.value !== asShown(area.defaultValue)) typedAreas.set(area, area.value)
  }
  return null
}

/** A text area shows every line end as one character. */
function asShown(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** React hears of a change only when the value differs from the one it has set itself. */
function tell(control: TextControl, typed: string, from: number | null, to: number | null): void {
  control.value = control.defaultValue
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, typed)
  if (from !== null) control.setSelectionRange(from, to)
  control.dispatchEvent(new Event('input', { bubbles: true }))
}
