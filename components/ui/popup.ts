/** The surface of everything that floats: menus, selects, popovers, comboboxes. */
export const popupClass =
  'popup-motion origin-(--transform-origin) rounded-lg border border-line-strong bg-raised text-ink text-sm shadow-popup outline-none'

/** A line in a floating list. */
export const popupItemClass =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-hover data-disabled:opacity-50 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0'

/** The veil behind what stands over the page. */
export const scrimClass =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'
