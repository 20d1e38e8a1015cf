// The sign of the house: a roof over two lines of a rule.
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" className="mark">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7.5 15.2 16 8l8.5 7.2" />
        <path d="M10.5 19h11M10.5 23.6h6.4" />
      </g>
    </svg>
  );
}
