"use strict";

// Turns <textarea data-rich-text="address of the editor's module"> into an editor for italic, bold and
// lists. Without this file the textarea stays and shows the HTML itself.
(() => {
  const BUTTONS = [
    { label: "Miring", className: "fst-italic", name: "italic", run: (chain) => chain.toggleItalic() },
    { label: "Tebal", className: "fw-bold", name: "bold", run: (chain) => chain.toggleBold() },
    { label: "Daftar berbutir", name: "bulletList", run: (chain) => chain.toggleBulletList() },
    { label: "Daftar bernomor", name: "orderedList", run: (chain) => chain.toggleOrderedList() },
    { label: "Urungkan", run: (chain) => chain.undo() },
  ];

  function makeButtons(getEditor) {
    const bar = document.createElement("div");
    bar.className = "editor-buttons";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Bentuk teks");
    for (const { label, className, name, run } of BUTTONS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.className = className || "";
      button.dataset.name = name || "";
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
      button.addEventListener("click", () => run(getEditor().chain().focus()).run());
      bar.append(button);
    }
    return bar;
  }

  function showPressed(bar, editor) {
    for (const button of bar.children) {
      if (button.dataset.name) {
        button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.name)));
      }
    }
  }

  function attributesOf(textarea) {
    const label = textarea.labels[0];
    const attributes = { role: "textbox", "aria-multiline": "true" };
    attributes["aria-label"] = label ? label.textContent.trim() : "Teks";
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) {
        attributes[name] = textarea.getAttribute(name);
      }
    }
    if (textarea.classList.contains("is-invalid")) {
      attributes.class = "is-invalid";
    }
    return attributes;
  }

  function makeEditor(textarea, modules) {
    const active = document.activeElement;
    const takesFocus = active === textarea || (textarea.autofocus && active === document.body);
    const place = document.createElement("div");
    place.className = "prose-editor";
    textarea.before(place);
    place.append(textarea);
    const { Editor, Document, Paragraph, Text, Bold, Italic, BulletList, OrderedList, ListItem, HardBreak, History } = modules;
    const bar = makeButtons(() => editor);
    const editor = new Editor({
      element: place,
      injectCSS: false,
      editable: !textarea.disabled && !textarea.readOnly,
      extensions: [Document, Paragraph, Text, Bold, Italic, BulletList, OrderedList, ListItem, HardBreak, History],
      editorProps: { attributes: attributesOf(textarea) },
      content: textarea.value,
      onUpdate: ({ editor }) => {
        textarea.value = editor.isEmpty ? "" : editor.getHTML();
        textarea.dispatchEvent(new Event("input", { bubbles: true }));
      },
      onTransaction: ({ editor }) => showPressed(bar, editor),
    });
    place.prepend(bar);
    showPressed(bar, editor);
    if (takesFocus) {
      editor.commands.focus("end");
    }
    for (const label of textarea.labels) {
      label.addEventListener("click", () => editor.commands.focus());
    }
    // A link of the error summary leads to the textarea, which is hidden now.
    window.addEventListener("hashchange", () => {
      if (location.hash === `#${textarea.id}`) {
        editor.commands.focus();
      }
    });
  }

  async function start(root) {
    for (const textarea of root.querySelectorAll("textarea[data-rich-text]")) {
      const modules = await import(textarea.dataset.richText);
      if (!textarea.closest(".prose-editor") && !textarea.name.includes("__prefix__")) {
        makeEditor(textarea, modules);
      }
    }
  }

  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
