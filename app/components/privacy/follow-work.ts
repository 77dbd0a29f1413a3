import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { isAutomaticPrivacyKind } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { useAnnounce } from '../ui/announce.tsx';

const EVERY_MS = 3_000;

/** Whether the desk itself is at work on the request, or about to be. */
export function isWorking({ status, kind }: Pick<PrivacyRequest, 'status' | 'kind'>): boolean {
  return isAutomaticPrivacyKind(kind) && (status === 'approved' || status === 'processing');
}

/** Reads the page again every few seconds while `working` and in sight. */
export function useRefreshedWhile(working: boolean): void {
  const { state, revalidate } = useRevalidator();
  useRefreshedOnReturn(working);
  useEffect(() => {
    if (!working || state !== 'idle') return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') revalidate();
    }, EVERY_MS);
    return () => clearTimeout(timer);
  }, [working, state, revalidate]);
}

/** Reads the page again whenever somebody comes back to it, while `waiting`. */
export function useRefreshedOnReturn(waiting: boolean): void {
  const { state, revalidate } = useRevalidator();
  useEffect(() => {
    if (!waiting || state !== 'idle') return;
    const wake = () => document.visibilityState === 'visible' && revalidate();
    document.addEventListener('visibilitychange', wake);
    return () => document.removeEventListener('visibilitychange', wake);
  }, [waiting, state, revalidate]);
}

/** Reads `words` out when they change while the page stands, not when it opens. */
export function useChangeAnnounced(words: string): void {
  const announce = useAnnounce();
  const shown = useRef(words);
  useEffect(() => {
    if (shown.current === words) return;
    shown.current = words;
    announce(words);
  }, [words, announce]);
}
