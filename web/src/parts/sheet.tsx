// A dialog above the page: the browser keeps the focus in it, Escape and a touch beside it close it.
import { type MouseEvent, type ReactNode, type SyntheticEvent, useEffect, useRef } from 'react';
import './sheet.css';

export interface SheetProps {
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Sheet({ label, className = '', onClose, children }: SheetProps) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = place.current;
    if (!dialog?.open) dialog?.showModal();
  }, []);
  const onClick = (event: MouseEvent): void => {
    if (event.target === place.current) onClose();
  };
  // At once, not by the late `close` event: that could close what was opened in its place meanwhile.
  const onCancel = (event: SyntheticEvent): void => {
    if (event.target !== place.current) return;
    event.preventDefault();
    onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, the browser hears it
    <dialog
      ref={place}
      className={`sheet ${className}`}
      aria-label={label}
      onCancel={onCancel}
      onClose={onClose}
      onClick={onClick}
    >
      {children}
    </dialog>
  );
}
