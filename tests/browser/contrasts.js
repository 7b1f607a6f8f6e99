// Returns texts whose contrast with what is behind them is too low: [text, ratio, wanted].
() => {
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const opaque = (colour) => colour && colour !== "none" && (channels(colour)[3] ?? 1) > 0.99 && channels(colour).length >= 3;
  const behind = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (opaque(colour)) return channels(colour);
    }
    return [255, 255, 255];
  };
  const markBehind = (text) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const marks = [...text.closest("svg").querySelectorAll(".mark-rect path, .mark-bar path")];
    const hit = marks.filter((mark) => {
      const area = mark.getBoundingClientRect();
      return area.left <= x && x <= area.right && area.top <= y && y <= area.bottom;
    }).at(-1);
    return hit ? channels(getComputedStyle(hit).fill) : null;
  };
  const failures = [];
  const judge = (text, front, back, size, weight) => {
    const wanted = size >= 24 || (size >= 18.66 && weight >= 700) ? 3 : 4.5;
    const found = ratio(front, back);
    if (found < wanted) failures.push([text.trim().slice(0, 40), Number(found.toFixed(2)), wanted]);
  };
  let judged = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent;
    if (!text.trim() || element.closest("script, .skip, .unseen, [hidden]")) continue;
    if (!element.checkVisibility || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const isSvg = element.namespaceURI.endsWith("svg");
    if (isSvg && style.stroke !== "none" && parseFloat(style.strokeWidth) > 2) continue; // a halo
    const front = channels(isSvg ? style.fill : style.color);
    judge(text, front, (isSvg && markBehind(element)) || behind(element), parseFloat(style.fontSize), Number(style.fontWeight));
    judged += 1;
  }
  return { judged, failures };
}
