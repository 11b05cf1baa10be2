import type { ChartSeries } from './chart-data.ts'

export type SeriesStyle = {
  colour: string
  textColour: string
  /** A second sign besides colour; undefined is a whole line. */
  dash?: string
}

const dashes = [undefined, '5 3', '1.5 3', '8 3 1.5 3', '12 4']

/** The look of each series by its place: colour and dash, so that neither stands alone. */
export function seriesStyles(series: readonly ChartSeries[]): SeriesStyle[] {
  let place = 0
  return series.map(item => {
    if (item.plan) return { colour: 'var(--text-faint)', textColour: 'var(--text-muted)', dash: '1.5 3' }
    const number = Math.min(place, 4) + 1
    const style = { colour: `var(--chart-${number})`, textColour: `var(--chart-${number}-text)`, dash: dashes[place] }
    place += 1
    return style
  })
}
