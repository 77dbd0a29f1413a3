/** The mark of the product with its name. */
export function Wordmark({ withName = true }: { withName?: boolean }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 9, color: 'var(--g-strong)' }}>
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" fill="var(--g-accent)" />
        <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
          <path d="M8 25V13.5a8 8 0 0 1 16 0V25" />
          <path d="M6.5 25h19" />
        </g>
        <circle cx="16" cy="16.5" r="2.6" fill="#fff" />
      </svg>
      {withName ? <span style={{ fontWeight: 650, fontSize: 16, letterSpacing: '-0.01em' }}>Guichet</span> : null}
    </span>
  );
}
