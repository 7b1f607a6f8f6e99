// Light or dark: as the device is set, until the reader chooses.
const root = document.documentElement;
const themeButton = document.getElementById("theme");
const deviceIsDark = window.matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : deviceIsDark.matches;
}

function nameThemeButton() {
  themeButton.textContent = isDark() ? "Light" : "Dark";
  themeButton.setAttribute("aria-label", `Use the ${isDark() ? "light" : "dark"} theme`);
}

themeButton.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  nameThemeButton();
});
deviceIsDark.addEventListener("change", nameThemeButton);
nameThemeButton();
