const NUMBERS = [
  'Nothing',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
]

/** The heading of Home: "Good morning, Amina. Three things need you." */
export function greeting(name: string, needs: number, now: Date, timeZone: string): string {
  return `Good ${timeOfDay(now, timeZone)}, ${firstName(name)}. ${needText(needs)}`
}

function needText(needs: number): string {
  if (needs === 1) return 'One thing needs you.'
  return needs === 0 ? 'Nothing needs you.' : `${NUMBERS[needs] ?? needs} things need you.`
}

function timeOfDay(now: Date, timeZone: string): string {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now))
  if (hour >= 5 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}

/** When the viewer was here last: "Friday" within a week, else the date. */
export function sinceText(since: string, now: Date, timeZone: string): string {
  const days = (now.getTime() - Date.parse(since)) / 86_400_000
  if (days < 6.5) return new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone }).format(new Date(since))
  if (days < 7.5) return 'a week ago'
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone }).format(new Date(since))
}
