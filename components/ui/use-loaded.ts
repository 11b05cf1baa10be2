'use client'

import { useState } from 'react'

/**
 * A module that is not loaded with the page: undefined until `show` has been called and its code has arrived. What
 * stands in its place meanwhile stays as it is.
 */
export function useLoaded<Module>(load: () => Promise<Module>): [Module | undefined, () => Promise<void>] {
  const [module, setModule] = useState<Module>()
  return [module, async () => setModule(await load())]
}
