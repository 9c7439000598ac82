// Niceties only: without this file every form and link works the same.
"use strict";

const form = document.getElementById("ask");
const box = document.getElementById("query");
const state = document.getElementById("state");

if (form && box && state) {
  const button = form.querySelector("button[type=submit]");
  const note = state.textContent;

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  form.addEventListener("submit", () => {
    button.disabled = true;
    state.textContent = "Running…";
  });

  // Going back shows the page as it was left: waiting.
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    state.textContent = note;
  });

  const line = Number(box.dataset.line);
  if (line) {
    const before = box.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const at = Math.min(before + Number(box.dataset.column) - 1, box.value.length);
    box.focus({ preventScroll: true });
    box.setSelectionRange(at, Math.min(at + 1, box.value.length));
  }
}
