// The colours of the page as a canvas needs them, and the axes drawn with them.
import type uPlot from 'uplot';

/** In this order series take their colours. */
const colourNames = ['--accent', '--code-number', '--code-word', '--code-key', '--bad', '--warn'];
const dayMs = 86_400_000;
/** Of all plots, so that their times stand below each other. */
const valueWidth = 52;
export const plotPadding: [number, number, number, number] = [10, 12, 0, 0];

export interface Look {
  readonly line: string;
  readonly ink: string;
  readonly colours: readonly string[];
  readonly language: string;
  /** A colour of the page by its name. */
  readonly colour: (name: string) => string;
}

export function lookOf(place: HTMLElement, language: string): Look {
  const style = globalThis.getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    line: colour('--line'),
    ink: colour('--ink-3'),
    colours: colourNames.map(colour),
    language,
    colour,
  };
}

export function timeAxis({ line, ink, language }: Look): uPlot.Axis {
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  const second = new Intl.DateTimeFormat(language, { minute: '2-digit', second: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' });
  return {
    stroke: ink,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    size: 28,
    values: (_plot, splits) => {
      const length = (splits.at(-1) ?? 0) - (splits[0] ?? 0);
      const format = length > 1.5 * dayMs ? day : length < 120_000 ? second : clock;
      return splits.map((at) => format.format(at));
    },
  };
}

export function valueAxis({ line, ink, language }: Look): uPlot.Axis {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2, notation: 'compact' });
  return {
    stroke: ink,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    size: valueWidth,
    values: (_plot, splits) => splits.map((value) => number.format(value)),
  };
}
