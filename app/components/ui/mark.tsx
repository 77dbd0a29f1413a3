import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import classes from './mark.module.css';

export type Tone = 'neutral' | 'info' | 'ink' | 'good' | 'warn' | 'bad' | 'violet';

/**
 * A state as icon + word + colour, never colour alone. `plain` for lists (no ground), `pill` for headers.
 * The named badges beside this file choose tone, icon and word.
 */
export function Mark({
  tone,
  icon: Icon,
  plain = false,
  title,
  children,
}: {
  tone: Tone;
  icon: Icon;
  plain?: boolean;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={plain ? classes.plain : classes.pill} data-tone={tone} title={title}>
      <Icon size={plain ? 16 : 15} stroke={2} aria-hidden />
      {/* Browsers differ in the spaces that they put into dates. */}
      <span suppressHydrationWarning>{children}</span>
    </span>
  );
}
