import { describe, expect, it } from 'vitest';
import { dayChart, gridStep } from './day-chart.ts';

describe('the grid of a chart', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 2],
    [7, 5],
    [15, 10],
    [21, 20],
    [100, 50],
    [101, 100],
    [2_399, 2_000],
  ])('for a highest value of %d steps by %d', (max, step) => {
    expect(gridStep(max)).toBe(step);
  });
});

describe('the columns of a chart', () => {
  const days = Array.from({ length: 14 }, (_, index) => ({
    day: `2026-11-${String(index + 1).padStart(2, '0')}`,
    opened: index,
    closed: 13 - index,
  }));

  it('stand side by side within the width, none over another', () => {
    const { columns, width } = dayChart(days);
    const lefts = columns.flatMap(({ openedX, closedX }) => [openedX, closedX]);
    expect(lefts[0]).toBeGreaterThanOrEqual(0);
    expect((lefts.at(-1) ?? 0) + width).toBeLessThanOrEqual(1);
    for (const [index, left] of lefts.slice(1).entries())
      expect(left).toBeGreaterThanOrEqual((lefts[index] ?? 0) + width);
  });

  it('are as high as their share of the top line', () => {
    const { columns, grid } = dayChart(days);
    expect(grid).toEqual([0, 10, 20]);
    expect(columns[10]?.openedHeight).toBe(0.5);
    expect(columns[0]?.openedHeight).toBe(0);
  });

  it('are none without days', () => {
    expect(dayChart([])).toEqual({ columns: [], width: 0.34, grid: [0, 1, 2] });
  });
});
