/** How long typing must rest before something is announced: once, not at each letter. */
const ANNOUNCE_DELAY = 600;

/**
 * Announces the latest of many changes, once they have come to rest.
 * @param {HTMLElement} $status an element with role="status"
 * @returns {(text: string) => void} announces a text after a while; "" clears the status at once
 */
export function announcer($status) {
  let resting;
  return (text) => {
    clearTimeout(resting);
    $status.textContent = "";
    if (text) resting = setTimeout(() => { $status.textContent = text; }, ANNOUNCE_DELAY);
  };
}
