/** The frame of what is written or chosen in: inputs, text areas, selects. */
export const controlClass =
  'w-full rounded-lg border border-line-strong bg-surface px-3 text-ink text-sm transition-[border-color,box-shadow] hover:border-faint focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent/35 data-invalid:border-bad disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted'
