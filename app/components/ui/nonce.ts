import { createContext, useContext } from 'react';

/** The nonce that this page's scripts and styles carry. */
export const NonceContext = createContext('');

/** The browser hides a nonce from the document: hydration must find it empty, styles made later need the real one. */
let nonceOfPage = '';

/** In the browser, once the page is hydrated: from here on, new styles carry the page's nonce. */
export function rememberNonce(): void {
  nonceOfPage = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}

export function useNonce(): { nonce: string; styleNonce: () => string } {
  const nonce = useContext(NonceContext);
  return { nonce, styleNonce: () => nonce || nonceOfPage };
}
