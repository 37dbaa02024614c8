// Somebody without a mouse: goes by Tab from what has the focus to what is wanted, and at each stop sees where it is.
import assert from 'node:assert/strict';

const stopsMax = 150;

// What has the focus: its name, and whether it can be seen to have it.
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const { x, y, width, height } = element.getBoundingClientRect();
  const labels = [...(element.labels ?? [])].map((label) => label.innerText).join(' ');
  const name = element.getAttribute('aria-label') || labels || element.innerText || element.title || '';
  const inside = x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight && width > 0 && height > 0;
  const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor);
  return { name: name.trim().replace(/\s+/g, ' '), tag: element.tagName.toLowerCase(), inside, ring };
}

export function handsOf(page) {
  const { keyboard } = page;
  let stops = 0;

  // By Tab alone, round the page at most once and a bit.
  async function to(wanted) {
    const seen = [];
    for (let tried = 0; tried < stopsMax; tried++) {
      await keyboard.press('Tab');
      const now = await page.evaluate(focused);
      if (!now) continue; // the browser's own part
      stops++;
      assert.ok(now.ring && now.inside, `the focus can't be seen on ${JSON.stringify(now)}`);
      seen.push(now.name.slice(0, 30));
      if (wanted.test(now.name)) return now;
    }
    return assert.fail(`Tab never came to ${wanted}; it came to ${[...new Set(seen)].join(' | ')}`);
  }
  return {
    to,
    press: (key) => keyboard.press(key),
    async enter(wanted) {
      await to(wanted);
      await keyboard.press('Enter');
    },
    // Another section: its beginning takes the focus once it is there.
    async open(section) {
      await to(section);
      await keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    },
    async write(wanted, text) {
      await to(wanted);
      await keyboard.type(text);
    },
    // In a list to choose from, by arrows.
    async choose(wanted, option) {
      await to(wanted);
      const chosen = () => page.evaluate(() => document.activeElement.selectedOptions[0]?.text);
      for (const key of ['Home', ...Array(20).fill('ArrowDown')]) {
        await keyboard.press(key);
        if (option.test(await chosen())) return;
      }
      assert.fail(`no ${option} to choose`);
    },
    here: () => page.evaluate(focused),
    stops: () => stops,
  };
}
