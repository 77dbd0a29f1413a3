import type { Page } from '@playwright/test';

/**
 * What can be pressed on the page but is too small for it by WCAG 2.2, 2.5.8: as tag, class, text and size. Each target
 * is brought to the middle of its page, and what sticks over others is looked through, so that its place decides
 * nothing. A box or radio is pressed by its label too; a link in a sentence is as high as its line (exception Inline);
 * what is smaller than 24 px passes when a circle of 24 px around it reaches no other target (exception Spacing).
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SIZE = 24;
    /** Boxes lie on fractions of a pixel, points that are hit on whole ones. */
    const ROUNDING = 0.5;
    const CONTROLS = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex="0"][role]';
    type Box = { left: number; top: number; right: number; bottom: number };

    const onPage = ({ left, top, right, bottom }: DOMRect): Box => ({
      left: left + scrollX,
      top: top + scrollY,
      right: right + scrollX,
      bottom: bottom + scrollY,
    });
    const labels = (target: Element) =>
      target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type)
        ? [...(target.labels ?? [])]
        : [];
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.closest('.g-hidden, .g-skip, [inert]') === null;
    const isInSentence = (element: Element) => element.matches('p a, .g-prose a');
    const floating = new Map<Element, boolean>();
    const isFloating = (element: Element | null): boolean => {
      if (element === null) return false;
      const known = floating.get(element);
      if (known !== undefined) return known;
      const { position } = getComputedStyle(element);
      const floats = position === 'fixed' || position === 'sticky' || isFloating(element.parentElement);
      floating.set(element, floats);
      return floats;
    };

    const boxOf = (target: Element): Box => {
      const boxes = [target, ...labels(target)].flatMap((part) => [...part.getClientRects()].slice(0, 1)).map(onPage);
      return {
        left: Math.min(...boxes.map((box) => box.left)),
        top: Math.min(...boxes.map((box) => box.top)),
        right: Math.max(...boxes.map((box) => box.right)),
        bottom: Math.max(...boxes.map((box) => box.bottom)),
      };
    };
    const middle = (box: Box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
    const distance = ([x, y]: readonly [number, number], box: Box) =>
      Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));

    /** Whether a press at the point reaches the target, whatever sticks or floats over that place just now. */
    const reaches = (target: Element, x: number, y: number) => {
      const floats = isFloating(target);
      const hit = document.elementsFromPoint(x, y).find((each) => floats || !isFloating(each));
      return hit !== undefined && [target, ...labels(target)].some((part) => part.contains(hit));
    };
    const isLarge = (target: Element) => {
      if (isLargeHere(target)) return true;
      target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      return isLargeHere(target);
    };
    const isLargeHere = (target: Element) => {
      const box = boxOf(target);
      const [x, y] = [middle(box)[0] - scrollX, middle(box)[1] - scrollY];
      const reach = SIZE / 2 - ROUNDING;
      return [
        [x, y - reach],
        [x, y + reach],
        [x - reach, y],
        [x + reach, y],
      ].every(([px = 0, py = 0]) => reaches(target, px, py));
    };

    const found = new Set<string>();
    const measure = (targets: Element[]) => {
      const small = targets.filter((target) => !isInSentence(target) && !isLarge(target));
      const boxes = new Map(targets.map((target) => [target, boxOf(target)] as const));
      for (const target of small) {
        const box = boxOf(target);
        const crowded = [...boxes].some(([other, otherBox]) => {
          if (other === target) return false;
          const room = small.includes(other)
            ? Math.min(
                Math.hypot(middle(box)[0] - middle(otherBox)[0], middle(box)[1] - middle(otherBox)[1]) - SIZE / 2,
                distance(middle(box), otherBox),
              )
            : distance(middle(box), otherBox);
          return room < SIZE / 2;
        });
        if (!crowded) continue;
        const text = (target.textContent || target.getAttribute('aria-label') || target.outerHTML).trim().slice(0, 40);
        const size = `${(box.right - box.left).toFixed(1)} x ${(box.bottom - box.top).toFixed(1)}`;
        found.add(`${target.tagName.toLowerCase()}.${target.className} "${text}" ${size}`);
      }
    };

    const shownIn = (root: ParentNode) => [...root.querySelectorAll(CONTROLS)].filter(isShown);
    measure(shownIn(document));
    // One after the other: what unfolds may lie over its neighbours.
    for (const fold of document.querySelectorAll<HTMLDetailsElement>('details:not([open])')) {
      if (!isShown(fold)) continue;
      fold.open = true;
      measure(shownIn(fold));
      fold.open = false;
    }
    scrollTo(0, 0);
    return [...found];
  });
}
