// Says under a number or a date how the program reads it, when one leaves the field. The server reads
// (sakip/echo.py): here is no second parser. Without scripts the page says it after saving.

const LONGEST = 100;
// Read as they stand: a few digits, and a comma with the decimals.
const PLAIN = /^-?\d{1,3}(,\d+)?$/;
// The line is inside forms of htmx; it shares none of what they say about their own request.
const OWN = { "hx-sync": "this:replace", "hx-select-oob": "unset", "hx-disabled-elt": "unset" };
const typed = new WeakSet(); // what nobody typed into is shown as it was read
let made = 0;
const address = () => document.querySelector("meta[name=echo]")?.content;

function lineOf(input) {
  input.id ||= `isian-${(made += 1)}`; // a row of a table has none
  const id = `${input.id}_dibaca`;
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("output");
    line.id = id;
    line.className = "echo form-text d-block";
    line.htmlFor = input.id;
    for (const [name, value] of Object.entries(OWN)) {
      line.setAttribute(name, value);
    }
    input.insertAdjacentElement("afterend", line);
    const described = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", described ? `${described} ${id}` : id);
  }
  return line;
}

function read(input) {
  const line = lineOf(input);
  const text = input.value.trim();
  const isShown = text === input.defaultValue.trim() || PLAIN.test(text);
  if (!text || isShown || text.length > LONGEST) {
    line.dataset.text = text;
    line.replaceChildren();
    return;
  }
  if (line.dataset.text === text) {
    return;
  }
  line.dataset.text = text;
  window.htmx.ajax("GET", address(), {
    source: line,
    target: line,
    swap: "innerHTML",
    select: "unset",
    values: { jenis: input.dataset.echo, isi: text },
  });
}

const ready = (target) => target.matches?.("input[data-echo]") && address() && window.htmx;

// The line is there before it speaks, so that a screen reader hears it.
document.addEventListener("focusin", ({ target }) => {
  if (ready(target)) {
    lineOf(target);
  }
});

document.addEventListener("input", ({ target }) => typed.add(target));

// What is read makes the page longer. While a button below is being pressed, nothing moves away under the finger.
let isPressing = false;
const later = [];
for (const [name, pressing] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
  document.addEventListener(
    name,
    () => {
      isPressing = pressing;
      if (!pressing) {
        setTimeout(() => later.splice(0).forEach(read)); // after the click
      }
    },
    true,
  );
}

document.addEventListener("focusout", ({ target }) => {
  if (typed.has(target) && ready(target)) {
    if (isPressing) {
      later.push(target);
    } else {
      read(target);
    }
  }
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-echo-choice]");
  if (button) {
    const input = document.getElementById(button.closest("output").htmlFor.value);
    input.value = button.dataset.echoChoice;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    read(input);
  }
});
