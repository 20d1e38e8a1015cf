// A text for a phone's camera: dark on light in every appearance, for cameras read nothing else.
import { lazy, Suspense } from 'react';
import './qr-code.css';

const Picture = lazy(async () => ({ default: (await import('./qr-picture.tsx')).QrPicture }));

export interface QrCodeProps {
  readonly text: string;
  /** What whoever scans it gets. */
  readonly label: string;
}

export function QrCode(props: QrCodeProps) {
  return (
    <div className="qr">
      <Suspense fallback={null}>
        <Picture {...props} />
      </Suspense>
    </div>
  );
}
