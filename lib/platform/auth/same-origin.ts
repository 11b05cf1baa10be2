/**
 * Whether a request was started by the portal's own pages: a session's cookie travels also with requests that other
 * sites, and other ports of this host, start. By Fetch Metadata, else by the Origin header.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin !== null && URL.canParse(origin) && new URL(origin).host === request.headers.get('host')
}
