"use strict";
/* Sorts and filters the table of learners. Without it, the table is all there. */
const table = document.getElementById("scores");
const body = table.tBodies[0];
const rows = Array.from(body.rows);

const heads = Array.from(table.tHead.rows[0].cells);

const LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"};

function plain(text) {
  /* As who types without accents would write it. */
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[øłđßæœı]/g, letter => LETTERS[letter]);
}

function points(row, column) {
  /* A row without a grade has one wide cell in place of the exercises. */
  const number = row.cells.length === heads.length ? parseFloat(row.cells[column].textContent) : NaN;
  return Number.isNaN(number) ? -1 : number;
}

function sort(column, up) {
  rows.sort(column === 0
    ? (a, b) => a.cells[0].textContent.localeCompare(b.cells[0].textContent)
    : (a, b) => points(a, column) - points(b, column));
  if (!up) { rows.reverse(); }
  body.append(...rows);
  heads.forEach((head, place) => {
    const button = head.querySelector("button");
    if (!button) { return; }
    const chosen = place === column;
    head.setAttribute("aria-sort", chosen ? (up ? "ascending" : "descending") : "none");
    button.textContent = chosen ? (up ? "▲" : "▼") : "↕";
  });
}

heads.slice(0, -1).forEach((head, column) => {
  const button = document.createElement("button");
  const link = head.querySelector("a");
  button.type = "button";
  button.textContent = "↕";
  button.setAttribute("aria-label", "Sort by " + (link ? link.getAttribute("aria-label") : head.firstChild.textContent));
  button.addEventListener("click", () => {
    sort(column, head.getAttribute("aria-sort") !== "ascending");
  });
  (link || head.firstChild).after(" ", button);
});

const finder = document.getElementById("finder");
const label = document.createElement("label");
const field = document.createElement("input");
const count = document.createElement("span");
field.type = "search";
label.append("Find a learner", field);
count.setAttribute("role", "status");
count.className = "quiet";
finder.append(label, count);
field.addEventListener("input", () => {
  const wanted = plain(field.value.trim());
  let shown = 0;
  rows.forEach(row => {
    row.hidden = !plain(row.textContent).includes(wanted);
    shown += row.hidden ? 0 : 1;
  });
  count.textContent = shown + " of " + rows.length + " shown";
});
