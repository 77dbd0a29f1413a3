import type { Logger } from 'pino';
import { log } from './logger.ts';

const LEVELS = { error: 'error', warn: 'warn', info: 'info', log: 'info', debug: 'debug', trace: 'debug' } as const;

/**
 * Turns what libraries write to the console, and warnings of Node, into lines of the log that tell where they came from
 * and which errors they name: their texts may hold what a caller typed. Returns how to undo it.
 */
export function captureConsole(to: Logger = log): () => void {
  const before = { ...console };
  const warned = process.listeners('warning');
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...written: unknown[]) => {
      const error = written.find((value) => value instanceof Error);
      to[level]({ ...(error ? { error } : {}), from: caller() }, 'A library wrote to the console');
    };
  }
  const warn = (error: Error) => to.warn({ error }, 'Node warns');
  process.removeAllListeners('warning');
  process.on('warning', warn);
  return () => {
    Object.assign(console, before);
    process.removeListener('warning', warn);
    for (const listener of warned) process.on('warning', listener);
  };
}

/** The frame that wrote: the first above this file. */
function caller(): string | undefined {
  const frames = new Error('where').stack?.split('\n').slice(1) ?? [];
  return frames.find((frame) => !frame.includes(import.meta.filename))?.trim();
}
