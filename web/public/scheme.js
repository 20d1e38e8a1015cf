// Sets light or dark before the first paint, from what `app/theme.ts` stored; a file, because the CSP allows no inline script.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('homerule.scheme') ?? 'auto';
  } catch {
    wanted = 'auto'; // storage may be switched off
  }
  const dark =
    wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
