/**
 * Runs before any other script and needs none. Free of characters that HTML would write otherwise. A form without an
 * address is sent by its scripts alone.
 */
const KEEP_FORMS =
  'document.addEventListener(`submit`, function (event) { if (!event.target.hasAttribute(`action`) && !event.target.hasAttribute(`method`)) event.preventDefault() }, true)'

/**
 * Keeps what is typed when a form is sent before its scripts are there: the browser would load the page anew, with
 * empty fields. Nothing is sent then; the next press does it. Forms that work without scripts are left alone.
 * @param nonce of the page's content security policy
 */
export function EarlySubmit({ nonce }: { nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {KEEP_FORMS}
    </script>
  )
}
