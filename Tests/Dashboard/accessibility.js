// What can be told by looking at a page: labels, names, landmarks, headings, contrast (WCAG 2.2 AA). Returns sentences.
const problems = [];
const say = (text, element) => problems.push(`${text}: ${element?.outerHTML.slice(0, 120) ?? ""}`);
const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  && !element.closest(".unseen, .sprite, [aria-hidden=true]");

for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
  if (!field.labels?.length && !field.getAttribute("aria-label")) say("a field without a label", field);
}
for (const button of document.querySelectorAll("button, a[href], summary")) {
  if (!(button.getAttribute("aria-label") || button.textContent).trim()) say("nothing says what it does", button);
}
for (const image of document.querySelectorAll("svg")) {
  const named = image.getAttribute("aria-label") && image.getAttribute("role") === "img";
  if (!named && image.getAttribute("aria-hidden") !== "true" && !image.closest("svg[role=img]")) say("a picture without a name", image);
}
for (const landmark of ["header", "main", "footer"]) {
  if (!document.querySelector(landmark)) problems.push(`no landmark ${landmark}`);
}
if (document.querySelectorAll("h1").length !== 1) problems.push("not just one h1");
if (!document.documentElement.lang) problems.push("no language");
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
if (new Set(ids).size !== ids.length) problems.push("an id is there twice");
for (const table of document.querySelectorAll("table")) {
  if (!table.caption) say("a table without a caption", table);
}
if (document.documentElement.scrollWidth > innerWidth) problems.push(`wider than the window: ${document.documentElement.scrollWidth}`);
for (const button of document.querySelectorAll("button, input:not([type=hidden]), select")) {
  const box = button.getBoundingClientRect();
  if (visible(button) && box.height > 0 && button.type !== "radio" && box.height < 24) say("too small to be touched", button);
}

// Contrast, of every text that can be seen.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgba = (color) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] / 255 + below[i] * (1 - top[3] / 255));
const background = (element) => {
  const layers = [];
  for (let place = element; place; place = place.parentElement) {
    const layer = rgba(getComputedStyle(place).backgroundColor);
    if (layer[3] > 0) layers.push(layer);
    if (layer[3] === 255) break;
  }
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
};
const luminance = (color) => color.slice(0, 3)
  .map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !visible(element) || element.closest("svg, script")) continue;
  const style = getComputedStyle(element);
  const below = background(element);
  const [a, b] = [luminance(over(rgba(style.color), below)), luminance(below)];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (contrast < (isLarge ? 3 : 4.5)) say(`contrast ${contrast.toFixed(2)} of “${walker.currentNode.data.trim().slice(0, 30)}”`, element);
}
return problems;
