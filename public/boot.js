// Starts the page: loads the program that the script element names, and says so when that fails.
// It is a file because the page's Content-Security-Policy allows no inline script.

// The chosen theme (the key is the one in src/storage.rs) is put on while the program is still
// loading, so that a dark page does not begin light. Without storage the system decides.
try {
  const theme = localStorage.getItem("scim-wizard/theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // The browser keeps nothing for this page.
}

const script = document.querySelector("script[data-js]");
const loading = document.getElementById("loading");

const address = (name) => new URL(name, document.baseURI);

function explain(failure) {
  console.error(failure);
  const heading = document.createElement("p");
  const repair = document.createElement("p");
  const detail = document.createElement("p");
  if (typeof WebAssembly === "object") {
    heading.textContent = "SCIM Wizard could not start.";
    repair.textContent =
      "Reload the page. If that does not help, its files are incomplete or older than the page: " +
      "clear the browser's cache, or ask whoever runs this address to publish the whole folder again.";
  } else {
    heading.textContent = "SCIM Wizard needs WebAssembly, and this browser has it switched off.";
    repair.textContent =
      "Allow WebAssembly for this page (some browsers call it enhanced security) and reload it.";
  }
  detail.textContent = `The browser said: ${failure?.message ?? failure}`;
  loading.replaceChildren(heading, repair, detail);
}

try {
  const program = await import(address(script.dataset.js));
  await program.default({ module_or_path: address(script.dataset.wasm) });
  loading.remove();
} catch (failure) {
  explain(failure);
}
