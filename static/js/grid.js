"use strict";

// The entry grid as in a spreadsheet: arrows and Enter move, Esc restores, a copied block is pasted at once.

const field = (cell) => cell && cell.querySelector("input[type=text]");

function neighbour(cell, down, right) {
  let row = cell.parentElement;
  let at = cell.cellIndex;
  for (;;) {
    at += right;
    for (let step = Math.abs(down); step && row; step -= 1) {
      row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    }
    const found = row && row.cells[at];
    if (!found || field(found)) {
      return field(found);
    }
  }
}

function move(event, down, right) {
  const next = neighbour(event.target.closest("td"), down, right);
  event.preventDefault();
  if (next) {
    next.focus();
    next.select();
  }
}

function isAtEdge(input, right) {
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  return all || (right > 0 ? input.selectionStart === input.value.length : input.selectionEnd === 0);
}

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches("[data-grid] td input[type=text]") || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
    move(event, 1, 0);
  } else if (event.key === "ArrowUp" || event.key === "Enter") {
    move(event, -1, 0);
  } else if (event.key === "ArrowRight" && isAtEdge(input, 1)) {
    move(event, 0, 1);
  } else if (event.key === "ArrowLeft" && isAtEdge(input, -1)) {
    move(event, 0, -1);
  } else if (event.key === "Escape") {
    input.value = input.parentElement.querySelector("input[type=hidden]").value;
    input.select();
  }
});

document.addEventListener("paste", (event) => {
  const input = event.target;
  const text = (event.clipboardData.getData("text") || "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!input.matches("[data-grid] td input[type=text]") || !/[\t\n]/.test(text)) {
    return;
  }
  event.preventDefault();
  const start = input.closest("td");
  let row = start.parentElement;
  for (const line of text.split("\n")) {
    line.split("\t").forEach((words, at) => {
      const target = row && field(row.cells[start.cellIndex + at]);
      if (target) {
        target.value = words.trim();
      }
    });
    row = row && row.nextElementSibling;
  }
  htmx.trigger(input.form, "tempel");
});
