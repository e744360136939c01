"""Somebody with a keyboard alone. Wherever the focus stops it is seen, and under nothing that lies above it."""

SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const words = (one.innerText || one.ariaLabel || one.name || one.id || "").trim().slice(0, 40);
  const name = `${one.tagName.toLowerCase()} “${words}”`;
  const labels = [...(one.labels || [])];
  const marked = [one, ...labels, one.parentElement].some((part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const whole = one.getBoundingClientRect();
  const box = {
    left: Math.max(whole.left, 0), right: Math.min(whole.right, innerWidth),
    top: Math.max(whole.top, 0), bottom: Math.min(whole.bottom, innerHeight),
  };
  const spots = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.9], [0.05, 0.9], [0.95, 0.1]];
  const hit = spots.some(([across, down]) => {
    const found = document.elementFromPoint(
      box.left + across * (box.right - box.left), box.top + down * (box.bottom - box.top));
    return found && (one.contains(found) || found.contains(one) || labels.some((label) => label.contains(found)));
  });
  const main = one.tagName === "MAIN" || one.getAttribute("role") === "status" || one.getAttribute("role") === "alert";
  return { name, isSeen: marked || main, isFree: hit };
}"""


class Keys:
    """`to(locator)` presses Tab until it is reached; `stops` are the names of all that the focus met."""

    def __init__(self, page):
        self.page = page
        self.stops = []

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self._look(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def to(self, locator, key="Tab", most=150):
        for _ in range(most):
            self.press(key)
            if locator.evaluate_all("found => found.includes(document.activeElement)"):
                return self
        raise AssertionError(f"not reached in {most} steps: {self.stops}")

    def _look(self, key):
        if key not in ("Tab", "Shift+Tab"):
            return
        seen = self.page.evaluate(SEEN)
        if seen is None:
            self.stops.append("")
            return
        self.stops.append(seen["name"])
        assert seen["isSeen"], f"focus without a mark: {seen['name']} on {self.page.url}"
        assert seen["isFree"], f"focus under something: {seen['name']} on {self.page.url}"
