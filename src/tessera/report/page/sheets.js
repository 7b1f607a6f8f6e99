// Sheets: tabs that arrow keys walk along; a printer sees every sheet.
function choose(tabs, chosen) {
  tabs.forEach((tab) => {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !isChosen;
  });
}

const KEYS = {
  ArrowRight: (place, last) => (place === last ? 0 : place + 1),
  ArrowLeft: (place, last) => (place === 0 ? last : place - 1),
  Home: () => 0,
  End: (place, last) => last,
};

document.querySelectorAll("[role=tablist]").forEach((list) => {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  choose(tabs, tabs[0]);
  tabs.forEach((tab) => tab.addEventListener("click", () => choose(tabs, tab)));
  list.addEventListener("keydown", (event) => {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    const next = tabs[move(tabs.indexOf(document.activeElement), tabs.length - 1)];
    choose(tabs, next);
    next.focus();
  });
});

function openAddressed() {
  const sheet = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (sheet?.getAttribute("role") !== "tabpanel") return;
  document.getElementById(sheet.getAttribute("aria-labelledby")).click();
  sheet.parentElement.scrollIntoView();
}

window.addEventListener("hashchange", openAddressed);
openAddressed();

// the navigation marks the section that is being read
const links = new Map(
  [...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]),
);
const watcher = new IntersectionObserver((entries) => {
  entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
    links.forEach((link) => link.removeAttribute("aria-current"));
    links.get(entry.target.id)?.setAttribute("aria-current", "true");
  });
}, { rootMargin: "-15% 0px -75% 0px" });
document.querySelectorAll("main > section").forEach((section) => watcher.observe(section));
links.values().next().value.setAttribute("aria-current", "true");
