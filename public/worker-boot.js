// Starts the worker that bears a program's name. It has no document to read, and its files keep their
// names, so it knows them. Messages that arrive before the program listens would be lost: they are
// kept and given back.

const early = [];
const keep = (event) => early.push(event.data);
self.addEventListener("message", keep);

try {
  const program = await import(`./${self.name}.js`);
  await program.default({ module_or_path: new URL(`./${self.name}_bg.wasm`, import.meta.url) });
  self.removeEventListener("message", keep);
  for (const data of early) {
    self.dispatchEvent(new MessageEvent("message", { data }));
  }
} catch (failure) {
  // Only a reported error reaches the page's `error` listener; a rejected import would not.
  self.reportError(failure);
}
