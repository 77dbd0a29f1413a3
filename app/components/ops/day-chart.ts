/** A day of the chart; `day` as ISO 8601 date. */
export type Day = { day: string; opened: number; closed: number };

export type DayColumn = Day & {
  /** Where the day's middle stands, and the left edges of its two columns, as shares of the width. */
  middle: number;
  openedX: number;
  closedX: number;
  /** As shares of the height. */
  openedHeight: number;
  closedHeight: number;
};

export type DayChart = {
  columns: DayColumn[];
  /** The width of one column, as a share of the chart's. */
  width: number;
  /** The values of the grid's lines, from zero to the top. */
  grid: number[];
};

const STEPS = [1, 2, 5];

/** The least whole number of the form 1, 2 or 5 times a power of ten with which two steps reach `max`. */
export function gridStep(max: number): number {
  for (let power = 1; ; power *= 10) {
    const step = STEPS.map((one) => one * power).find((one) => one * 2 >= max);
    if (step) return step;
  }
}

/** Two columns a day, side by side, on a grid of whole numbers. */
export function dayChart(days: readonly Day[]): DayChart {
  const step = gridStep(Math.max(0, ...days.flatMap(({ opened, closed }) => [opened, closed])));
  const top = step * 2;
  const slot = days.length > 0 ? 1 / days.length : 1;
  const width = slot * 0.34;
  return {
    width,
    grid: [0, step, top],
    columns: days.map((day, index) => {
      const middle = (index + 0.5) * slot;
      return {
        ...day,
        middle,
        openedX: middle - width - slot * 0.02,
        closedX: middle + slot * 0.02,
        openedHeight: day.opened / top,
        closedHeight: day.closed / top,
      };
    }),
  };
}
