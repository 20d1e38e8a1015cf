// Lets the UI open as an app while the house cannot be reached. The house comes first whenever it answers; kept are its
// start page and the files whose names change with their content, never what it says of devices, rules or people.
const shelf = 'homerule-1';
const start = '/';
const assets = '/assets/';
const small = new Set(['/scheme.js', '/favicon.svg', '/manifest.webmanifest']);
/** Of several builds; the oldest go first. */
const mostFiles = 400;
/** Other doors of the house that a browser may open as pages. */
const foreignPath = /^\/(?:api|hooks|red|endpoint|plugins|metrics|mqtt)(?:\/|$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shelf).then((cache) => cache.addAll([start, ...small])));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** As the house has it now; what it had last when it does not answer. */
async function newest(request, name) {
  const cache = await caches.open(shelf);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(name, answer.clone());
    return answer;
  } catch (unreachable) {
    const kept = await cache.match(name);
    if (kept === undefined) throw unreachable;
    return kept;
  }
}

/** What never changes under its name. */
async function same(request) {
  const cache = await caches.open(shelf);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const all = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(assets));
    await Promise.all(all.slice(0, Math.max(0, all.length - mostFiles)).map((old) => cache.delete(old)));
  }
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith(assets)) event.respondWith(same(request));
  else if (small.has(pathname)) event.respondWith(newest(request, pathname));
  else if (request.mode === 'navigate' && !foreignPath.test(pathname))
    event.respondWith(newest(request, start));
});
