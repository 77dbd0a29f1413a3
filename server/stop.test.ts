import { expect, test } from 'vitest';
import { Stop } from './stop.ts';
import { setLogLevel } from './telemetry/logger.ts';

setLogLevel('silent');

const never = () => new Promise(() => {});

test('steps are undone last first, and all is well', async () => {
  const stop = new Stop();
  const done: string[] = [];
  for (const name of ['database', 'orm', 'server']) stop.add(name, 1_000, () => done.push(name));
  expect(await stop.run()).toBe(true);
  expect(done).toEqual(['server', 'orm', 'database']);
});

test('a step that never ends, or fails, is left behind; the others follow, and the stop says that it went wrong', async () => {
  const stop = new Stop();
  const done: string[] = [];
  stop.add('database', 1_000, () => done.push('database'));
  stop.add('orm', 50, never);
  stop.add('jobs', 50, () => Promise.reject(new Error('no')));
  stop.add('web', 50, () => done.push('web'));
  expect(await stop.run()).toBe(false);
  expect(done).toEqual(['web', 'database']);
});

test('a start that is under way is called off, and what it began meanwhile is undone', async () => {
  const stop = new Stop();
  const done: string[] = [];
  const starting = (async () => {
    stop.add('first', 1_000, () => done.push('first'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.add('second', 1_000, () => done.push('second'));
    done.push('went on');
  })();
  expect(await stop.run(starting)).toBe(true);
  expect(done).toEqual(['second', 'first']);
});

test('a start that does not end is left behind, and what it had begun is undone', async () => {
  const stop = new Stop();
  const done: string[] = [];
  stop.add('database', 1_000, () => done.push('database'));
  const asked = performance.now();
  expect(await stop.run(never())).toBe(true);
  expect(performance.now() - asked).toBeLessThan(4_000);
  expect(done).toEqual(['database']);
});

test('the last step has its time left, however long those before take, and the whole is bounded', async () => {
  const stop = new Stop();
  let left = 0;
  stop.add('database', 9_500, (ms) => {
    left = ms;
  });
  for (let step = 0; step < 5; step++) stop.add(`step ${step}`, 5_000, never);
  const asked = performance.now();
  expect(await stop.run()).toBe(false);
  expect(left).toBeGreaterThan(1_000);
  expect(performance.now() - asked).toBeLessThan(9_500);
}, 15_000);

test('twice asked for, it is done once', async () => {
  const stop = new Stop();
  let times = 0;
  stop.add('once', 1_000, () => times++);
  await Promise.all([stop.run(), stop.run()]);
  expect(times).toBe(1);
});
