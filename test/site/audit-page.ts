/**
 * What a reader would complain about, run inside the page: text that is hard to tell from its
 * background (WCAG 2.2, 1.4.3: 4.5 to 1, large text 3 to 1), and anything that makes the whole page
 * scroll sideways.
 */
export function auditPage(): { illegible: string[]; tooWide: string[] } {
  const nameOf = (element: Element) =>
    element.tagName.toLowerCase() + [...element.classList].map((name) => `.${name}`).join("");

  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map<string, number>();
  /** The luminance of these CSS colors painted one over the other. */
  const luminance = (...colors: string[]): number => {
    const key = colors.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    if (!pen) throw new Error("no canvas");
    for (const color of colors) {
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    known.set(key, light);
    return light;
  };
  const backgroundsOf = (element: Element | null): string[] =>
    element
      ? [...backgroundsOf(element.parentElement), getComputedStyle(element).backgroundColor]
      : ["canvas"];

  const illegible = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!element || !text.textContent?.trim() || !element.checkVisibility()) continue;
    if (element.closest("svg, option")) continue;
    const style = getComputedStyle(element);
    const behind = backgroundsOf(element);
    const [dark = 0, light = 0] = [luminance(...behind), luminance(...behind, style.color)].sort(
      (a, b) => a - b,
    );
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) {
      illegible.add(
        `${nameOf(element)} “${text.textContent.trim().slice(0, 30)}”: ${contrast.toFixed(2)}`,
      );
    }
  }

  const width = document.documentElement.clientWidth;
  const scrollsByItself = (element: Element): boolean =>
    /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) ||
    (element.parentElement !== null &&
      element.parentElement !== document.body &&
      scrollsByItself(element.parentElement));
  const isTooWide = document.documentElement.scrollWidth > width;
  const tooWide = [...document.body.querySelectorAll("*")]
    .filter(
      (element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 1,
    )
    .filter((element) => !scrollsByItself(element))
    .map((element) => `${nameOf(element)} “${element.textContent.trim().slice(0, 40)}”`);
  return { illegible: [...illegible], tooWide: isTooWide ? ["the page", ...tooWide] : [] };
}
