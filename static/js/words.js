// Counts words while one types, as `conferences/words.py` does: what stands between gaps and has a letter or a digit.
(() => {
  // White space as Python sees it, control characters and halves of pairs; U+FEFF is no gap.
  const GAPS = /[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\p{Surrogate}]+/u;
  const WORD = /[\p{L}\p{N}]/u;
  const countWords = (text) => text.split(GAPS).filter((word) => WORD.test(word)).length;
  globalThis.kesosCountWords = countWords;
  if (typeof document === "undefined") return;

  for (const line of document.querySelectorAll("[data-words-of]")) {
    const area = document.getElementById(line.dataset.wordsOf);
    if (!area) continue;
    const { at_least: least, at_most: most } = { at_least: Number(line.dataset.least || 0), at_most: Number(line.dataset.most || 0) };
    const show = () => {
      const count = countWords(area.value);
      line.textContent = line.dataset.text.replace("__n__", count);
      line.classList.toggle("error-line", count > 0 && ((most && count > most) || count < least));
    };
    area.addEventListener("input", show);
    show();
  }
})();
