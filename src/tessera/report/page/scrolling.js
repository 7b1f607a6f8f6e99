// Only what really scrolls is a stop for the keyboard.
const scrollers = new ResizeObserver((entries) => {
  entries.forEach(({ target }) => {
    target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
});
document.querySelectorAll(".scroll").forEach((part) => scrollers.observe(part));
