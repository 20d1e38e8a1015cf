// A colour as a small square, drawn in SVG: the page needs no inline style for it.
import './swatch.css';

const hex = /^#[0-9a-f]{6}$/i;

export function Swatch({ color }: { readonly color: unknown }) {
  if (typeof color !== 'string' || !hex.test(color)) return null;
  return (
    <svg className="swatch" viewBox="0 0 14 14" aria-hidden="true">
      <rect width="14" height="14" rx="4" fill={color} />
    </svg>
  );
}
