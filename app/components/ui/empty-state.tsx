import type { ReactNode } from 'react';
import classes from './empty-state.module.css';
import { IconInbox, type Icon as IconType } from './icons.ts';

/** Nothing to show: what that means (`title`), the next step (`children`, text or a link). `compact` inside a card. */
export function EmptyState({
  title,
  icon: Icon = IconInbox,
  compact = false,
  children,
}: {
  title?: string;
  icon?: IconType;
  compact?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={compact ? classes.compact : classes.empty}>
      <Icon size={compact ? 20 : 28} stroke={1.5} aria-hidden />
      <div>
        {title ? <p className={classes.title}>{title}</p> : null}
        {children ? <div>{children}</div> : null}
      </div>
    </div>
  );
}
