export type Throttled = {
  /** Runs at once, or when the interval since the last run is over. */
  call: () => void
  /** Remembers a call without running it. */
  hold: () => void
  isHeld: () => boolean
  /** Runs what was held. */
  release: () => void
  cancel: () => void
}

/** Runs `action` at most once an interval (milliseconds); calls in between become one run at its end. */
export function throttle(action: () => void, interval: number): Throttled {
  let last = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let held = false
  const run = () => {
    timer = undefined
    last = Date.now()
    action()
  }
  const call = () => {
    if (timer !== undefined) return
    const wait = last + interval - Date.now()
    if (wait <= 0) run()
    else timer = setTimeout(run, wait)
  }
  return {
    call,
    hold: () => {
      held = true
    },
    isHeld: () => held,
    release: () => {
      held = false
      call()
    },
    cancel: () => {
      clearTimeout(timer)
      timer = undefined
      held = false
    },
  }
}
