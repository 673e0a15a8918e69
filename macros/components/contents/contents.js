/**
 * Marks in the contents the section one is reading: the last whose heading has passed the upper
 * third of the screen. Without scripts the contents are the same list, unmarked.
 * @param {Document} page
 */
export function followReading(page) {
  const start = () => {
    const links = new Map([...page.querySelectorAll(".map__sections a")].map((a) => [a.hash.slice(1), a]));
    if (!links.size || !("IntersectionObserver" in window)) return;
    const passed = new Map();
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) passed.set(target.id, isIntersecting);
      const here = [...links.keys()].filter((id) => passed.get(id)).pop();
      for (const [id, link] of links) {
        if (id === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, { rootMargin: "0px 0px -66% 0px" });
    for (const id of links.keys()) seen.observe(page.getElementById(id));
  };
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", start);
  else start();
}
