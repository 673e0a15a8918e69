// The gallery's own script: picks the view, takes the steps of an example, fits the frames.
const wanted = new URLSearchParams(location.search);
const view = wanted.get("view") ?? "light";

for (const $style of document.querySelectorAll('link[href$=".light.css"]')) {
  $style.href = $style.getAttribute("href").replace(".light.", `.${view}.`);
}
document.addEventListener("DOMContentLoaded", () => {
  if ("gallery" in document.body.dataset) fitFrames();
});
window.addEventListener("load", () => {
  if ("gallery" in document.body.dataset) return;
  for (const step of JSON.parse(document.body.dataset.steps)) take(step);
  document.body.dataset.ready = "";
  const tell = () => parent.postMessage({ height: document.documentElement.scrollHeight }, "*");
  tell();
  new ResizeObserver(tell).observe(document.body);
});

/** Clicks, or types, as a reader would. */
function take({ on, type }) {
  const $element = document.querySelector(on);
  if (!$element) throw new Error(`gallery: nothing to press at ${on}`);
  if (type === null) return $element.click();
  $element.value = type;
  $element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Every frame in the view asked for, as wide as asked for and as high as its page. */
function fitFrames() {
  const $frames = [...document.querySelectorAll("iframe")];
  for (const $frame of $frames) {
    const [path, fragment = ""] = $frame.getAttribute("src").split("#");
    $frame.src = `${path}?view=${view}${fragment && `#${fragment}`}`;
    if (wanted.has("width")) $frame.style.width = `${wanted.get("width")}px`;
  }
  window.addEventListener("message", ({ source, data }) => {
    const $frame = $frames.find(({ contentWindow }) => contentWindow === source);
    if ($frame && data.height) $frame.style.height = `${Math.min(data.height + 2, 1600)}px`;
  });
}
