import type { KeyboardEvent } from 'react';

/** Sends the form that somebody types in by Ctrl or Cmd + Enter, which a text of several lines leaves free. */
export function sendOnControlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
