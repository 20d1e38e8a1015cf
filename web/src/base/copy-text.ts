// Copies text; the clipboard interface does not exist on plain http, so there is the old way too.
function copyByCommand(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('readonly', '');
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

export async function copyText(text: string): Promise<boolean> {
  // Typed as always there, but absent outside secure contexts.
  const clipboard: Clipboard | undefined = globalThis.navigator.clipboard;
  if (!clipboard) return copyByCommand(text);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}
