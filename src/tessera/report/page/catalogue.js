// The catalogue: every word must occur in an entry; `/` begins, arrows walk, Escape clears.
const search = document.getElementById("search");

if (search) {
  const count = document.getElementById("search-count");
  const nothing = document.querySelector(".catalogue .none");
  const entries = [...document.querySelectorAll("#entries > li")].map((element) => ({
    element,
    text: element.querySelector("summary").textContent.toLowerCase(),
  }));
  const written = (number) => number.toLocaleString("en");

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    entries.forEach(({ element, text }) => {
      const fits = words.every((word) => text.includes(word));
      element.hidden = !fits;
      found += fits;
    });
    count.textContent = `${written(found)} of ${written(entries.length)}`;
    nothing.hidden = found > 0;
  };

  const visible = () => entries.map(({ element }) => element).filter((element) => !element.hidden);
  const focusOn = (element) => element?.querySelector("summary").focus();

  search.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      search.value = "";
      filter();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      focusOn(visible()[0]);
    }
  });
  document.getElementById("entries").addEventListener("keydown", (event) => {
    if (event.key === "Escape") search.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const shown = visible();
    const place = shown.indexOf(event.target.closest("li")) + (event.key === "ArrowDown" ? 1 : -1);
    if (place < 0) search.focus();
    else focusOn(shown[Math.min(place, shown.length - 1)]);
  });
}
