'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cn } from '#components/cn.ts'

/**
 * Scrolls when its content is larger, and then takes a stop of the Tab key so that arrow keys can scroll it. What
 * sticks to the header of the page sticks to its own top then.
 */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  const region = useRef<HTMLDivElement>(null)
  const [overflowing, setOverflowing] = useState(false)
  useEffect(() => {
    const element = region.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setOverflowing(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight),
    )
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return (
    <div
      ref={region}
      {...(overflowing ? { role: 'group', tabIndex: 0, 'aria-label': label } : {})}
      className={cn(
        'focus-ring-inset w-full',
        overflowing ? 'overflow-auto [--header-height:0px]' : 'overflow-x-clip',
        className,
      )}
    >
      {children}
    </div>
  )
}
