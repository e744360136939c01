// What axe does not look at. Each function gives sentences about what is wrong; none means that all is well.
window.probes = {
  name(one) {
    const classes = [...one.classList].map((name) => `.${name}`).join("");
    const id = one.id ? `#${one.id}` : "";
    return `${one.tagName.toLowerCase()}${id}${classes} “${(one.textContent || "").trim().slice(0, 30)}”`;
  },

  // Something for screen readers alone has a box of one pixel, its own or one around it.
  isShown(one) {
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    for (let part = one; part !== document.body && part; part = part.parentElement) {
      const { width, height } = part.getBoundingClientRect();
      if (width <= 1 || (height <= 1 && getComputedStyle(part).overflowY !== "visible")) return false;
    }
    return true;
  },

  // Whatever reaches beyond the screen on the right, the innermost first.
  sideways() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    const beyond = [...document.body.querySelectorAll("*")].filter(
      (one) => one.getBoundingClientRect().right > width + 1 && this.isShown(one) && !one.closest(".table-responsive"),
    );
    return [`scrolls sideways by ${document.documentElement.scrollWidth - width}: ${beyond.slice(-2).map(this.name).join(", ")}`];
  },

  structure() {
    const wrong = [];
    const count = (selector) => document.querySelectorAll(selector).length;
    if (document.documentElement.lang !== "id") wrong.push(`lang is “${document.documentElement.lang}”`);
    if (count("h1") !== 1) wrong.push(`${count("h1")} h1`);
    if (count("main") !== 1) wrong.push(`${count("main")} main`);
    if (!/^\S.* · Tindak Lanjut SAKIP$/.test(document.title)) wrong.push(`title “${document.title}”`);
    const first = document.querySelector("a[href], button, input, select, textarea, [tabindex='0']");
    const hasHead = document.querySelector("header") !== null; // the pages of failures have nothing to skip
    if (hasHead && !first?.classList.contains("skip-link")) wrong.push(`first stop: ${first && this.name(first)}`);
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));
    for (const id of twice) wrong.push(`id twice: ${id}`);
    const positive = document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])");
    if (positive) wrong.push(`tabindex of its own: ${this.name(positive)}`);
    return wrong;
  },

  // A form with errors says so in the title and in a summary whose links lead to fields.
  errors() {
    const summary = document.querySelector(".error-summary");
    if (!summary) return [];
    const wrong = document.title.startsWith("Kesalahan: ") ? [] : [`title of a form with errors: “${document.title}”`];
    for (const link of summary.querySelectorAll("a[href^='#']")) {
      if (!document.getElementById(link.getAttribute("href").slice(1))) wrong.push(`leads nowhere: ${link.getAttribute("href")}`);
    }
    return wrong;
  },

  mainButtons() {
    return [...document.querySelectorAll("main .btn-primary:not(.btn-sm)")]
      .filter((one) => this.isShown(one) && one.getBoundingClientRect().height < 43.5)
      .map((one) => `lower than 44: ${this.name(one)} ${one.getBoundingClientRect().height.toFixed(0)}`);
  },

  // The text spacing of WCAG 1.4.12; a sheet made by script is not against the policy.
  space() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets = [sheet];
  },

  noSpace() {
    document.adoptedStyleSheets = [];
  },

  // Text that its own box cuts off.
  cut() {
    return [...document.querySelectorAll("body *")]
      .filter((one) => {
        const style = getComputedStyle(one);
        const clips = ["hidden", "clip"].includes(style.overflowY) || ["hidden", "clip"].includes(style.overflowX);
        const said = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
        const tooSmall = one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
        return clips && said && tooSmall && this.isShown(one) && !one.closest(".visually-hidden, svg, textarea, select, input");
      })
      .map((one) => `cut off: ${this.name(one)}`);
  },

  // What sticks to the screen leaves room to read (200 %: 640 × 400).
  stuck() {
    const height = [...document.querySelectorAll("body *")]
      .filter((one) => getComputedStyle(one).position === "fixed" && this.isShown(one))
      .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
    return height > innerHeight / 2 ? [`fixed things take ${height} of ${innerHeight}`] : [];
  },

  moving() {
    return [...document.querySelectorAll("body *")]
      .filter((one) => {
        const style = getComputedStyle(one);
        const lasts = (value) => value.split(",").some((part) => parseFloat(part) > 0.011);
        return this.isShown(one) && (lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration)));
      })
      .slice(0, 3)
      .map((one) => `moves although less motion is wished: ${this.name(one)}`);
  },
};
