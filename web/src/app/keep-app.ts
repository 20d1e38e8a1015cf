// Where the browser allows it (HTTPS, or this machine itself), the UI can be installed and opens without the house.
// On plain HTTP nothing is missing but that.

/** Failing is no fault: the UI then lives without it. */
export function keepApp(): void {
  if (!isSecureContext || !('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}
