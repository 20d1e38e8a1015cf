// Gives a text to the browser as a file to keep.
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // By then the browser has it.
  globalThis.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
