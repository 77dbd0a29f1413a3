import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';

type Announce = (message: string) => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Says a message to screen readers without moving the focus: `const announce = useAnnounce(); announce(t('…'))`. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** The live region that {@link useAnnounce} writes to. Once, around all pages. */
export function AnnounceProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState('');
  const odd = useRef(false);
  const announce = useCallback((text: string) => {
    odd.current = !odd.current;
    // The same words twice would change nothing in the region, and so go unsaid.
    setMessage(odd.current ? text : `${text}\u00a0`);
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div aria-live="polite" role="status" className="g-hidden">
        {message}
      </div>
    </AnnounceContext.Provider>
  );
}
