export const themeCookie = 'theme'

export type Theme = 'light' | 'dark' | 'system'

/** Reads the theme cookie; anything unknown means the system's theme. */
export function themeOf(cookie: string | undefined): Theme {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'system'
}

/** The class of <html> for a theme; the system theme has none and follows `prefers-color-scheme`. */
export function themeClass(theme: Theme): string {
  return theme === 'system' ? '' : theme
}

/** Switches the theme of the open page at once and keeps it for a year. Browser only. */
export function applyTheme(theme: Theme): void {
  const classes = document.documentElement.classList
  classes.remove('light', 'dark')
  if (theme !== 'system') classes.add(theme)
  writeCookie(themeCookie, theme)
}

/** Writes a preference cookie of this browser for a year. Browser only; never for secrets. */
export function writeCookie(name: string, value: string): void {
  setCookie(document, `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`)
}

// The Cookie Store API does not exist on plain http, where a first installation often runs.
function setCookie(page: { cookie: string }, cookie: string) {
  page.cookie = cookie
}
