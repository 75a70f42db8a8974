/**
 * The script of the status page: filters the table and dims the bars of rows that are not shown. It
 * reads only text that the page shows, and writes only numbers. Without it the page shows every row.
 */
export const script = `
"use strict";
(() => {
  const form = document.getElementById("filter");
  const text = document.getElementById("filter-text");
  const state = document.getElementById("filter-state");
  const count = document.getElementById("filter-count");
  const rows = Array.from(document.querySelectorAll("tbody tr"), (row) => ({
    row,
    text: row.textContent.toLowerCase(),
    state: row.dataset.state,
    bar: document.getElementById("bar-" + row.dataset.row),
  }));
  let waiting = false;
  const show = () => {
    waiting = false;
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const one of rows) {
      const fits = (state.value === "" || state.value === one.state) && words.every((word) => one.text.includes(word));
      if (one.row.hidden === fits) one.row.hidden = !fits;
      if (one.bar) one.bar.classList.toggle("dim", !fits);
      if (fits) shown += 1;
    }
    count.textContent = shown + " of " + rows.length + (rows.length === 1 ? " grant" : " grants");
  };
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(show);
  };
  text.addEventListener("input", later);
  state.addEventListener("change", later);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(later));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { text.value = ""; later(); }
  });
  form.hidden = false;
})();
`;
