// Says in our words that there is no connection. It keeps the page that says so and the style of that page,
// and nothing else: pages with data are never stored. A form that is sent does not go through here.
const PAGE = "{% url 'offline' %}";
const STYLE = "{% static 'css/app.css' %}";
const CACHE = `luring ${STYLE}`; // the name of the style tells its content

const files = () => [PAGE, STYLE].map((url) => new Request(url, { credentials: "omit", cache: "reload" }));

async function begin() {
  const cache = await caches.open(CACHE);
  await cache.addAll(files());
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable(); // no page waits for this script
  await self.clients.claim();
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(begin()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method === "GET" && mode === "navigate") {
    event.respondWith(page(event));
  } else if (new URL(url).pathname === STYLE) {
    event.respondWith(caches.match(STYLE).then((kept) => kept ?? fetch(event.request)));
  }
});
